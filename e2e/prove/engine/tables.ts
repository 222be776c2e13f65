import type postgres from "postgres";

/**
 * What the proof writes down beside the engine's own tables. `executions` and `effects` are written by the functions,
 * `recorded` by a trigger, so that it says when a result really stood there and not when somebody says it did. `work` is
 * the life of each job, to be read where a run stands still.
 */
export async function makeTables(admin: postgres.Sql): Promise<void> {
  await admin.unsafe(`
    create table proof_executions (
      id bigserial primary key, run uuid not null, step text not null, call uuid not null, worker text not null,
      began_at timestamptz not null, ended_at timestamptz, outcome text
    );
    create index on proof_executions (run, step) where outcome = 'threw';
    create table proof_effects (run uuid not null, step text not null, primary key (run, step));
    create table proof_stalls (worker text not null, from_at timestamptz not null, until_at timestamptz not null);
    create table proof_recorded (
      id bigserial primary key, run uuid not null, step text not null, state text not null, at timestamptz not null
    );
    create function proof_record() returns trigger language plpgsql security definer as $$
    begin
      if new.state in ('done', 'failed') then
        insert into proof_recorded (run, step, state, at) values (new.run_id, new.name, new.state, clock_timestamp());
      end if;
      return null;
    end $$;
    create table proof_work (
      id bigserial primary key, at timestamptz not null, tx bigint not null, verb text not null, run uuid not null,
      step text not null, token bigint not null, revision int not null, gate text, attempt int not null, is_held boolean not null
    );
    create index on proof_work (run);
    create function proof_work() returns trigger language plpgsql security definer as $$
    declare job engine_jobs := case when tg_op = 'DELETE' then old else new end;
    begin
      insert into proof_work (at, tx, verb, run, step, token, revision, gate, attempt, is_held)
      values (clock_timestamp(), txid_current(), lower(tg_op), job.run_id, job.step_id, job.lease_token, job.revision,
              job.gate, job.attempt, job.lease_until is not null);
      return null;
    end $$;
    create trigger proof_work after insert or update or delete on engine_jobs
      for each row execute function proof_work();
    create trigger proof_record after insert or update on engine_steps
      for each row execute function proof_record();
  `);
}
