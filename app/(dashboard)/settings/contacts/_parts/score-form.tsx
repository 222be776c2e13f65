"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useId, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { GradeTag } from "@/components/contacts/grade-tag";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toast";
import {
  type FitRule,
  type ScoreModel,
  type ScoreWeights,
  saveScoreModel,
  scoreModelQuery,
} from "@/lib/client/contacts";
import { engagementLabels } from "@/lib/domain/contacts/labels";
import { ScorePreview } from "./score-preview";
import { conditionWords, fitFieldChoices } from "./score-words";

const RuleDialog = lazy(() => import("./rule-dialog"));

const counted = ["opened", "clicked", "replied", "converted"] as const;
const fading = ["bought", "visited", "answered"] as const;
const fadingLabels = { bought: "Bought", visited: "Came to the website", answered: "Wrote to us" } as const;
const begins = ["A", "B", "C", "D", "E"] as const;

/** What counts how much, with what it would make of everybody beside it before anything is saved. */
export default function ScoreForm({ model, mayChange }: { model: ScoreModel; mayChange: boolean }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const [weights, setWeights] = useState<ScoreWeights>(model.weights);
  const [isAdding, setAdding] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const isChanged = JSON.stringify(weights) !== JSON.stringify(model.weights);
  const fault = faultOf(weights);

  const keep = async (next: ScoreWeights) => {
    client.setQueryData(scoreModelQuery(tenantUuid).queryKey, await saveScoreModel(next));
    void client.invalidateQueries({ queryKey: [tenantUuid, "contacts"] });
  };
  const save = async () => {
    setBusy(true);
    setTrouble(null);
    const before = model.weights;
    try {
      await keep(weights);
      toast({
        text: "Saved. Everybody is being scored again",
        onUndo: () =>
          void keep(before).then(
            () => setWeights(before),
            (error: Error) => toast({ tone: "bad", text: error.message }),
          ),
      });
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : "Not saved. Try again.");
    }
    setBusy(false);
  };
  const changeRule = (at: number, change: Partial<FitRule>) =>
    setWeights({ ...weights, fit: weights.fit.map((rule, place) => (place === at ? { ...rule, ...change } : rule)) });
  const removeRule = (at: number) => {
    const before = weights;
    setWeights({ ...weights, fit: weights.fit.filter((_, place) => place !== at) });
    toast({ text: `“${weights.fit[at]?.says}” counts no more`, onUndo: () => setWeights(before) });
  };

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_304px]">
      <fieldset disabled={!mayChange} className="grid min-w-0 gap-6">
        <legend className="sr-only">What counts how much</legend>
        {!mayChange && <Note>Owners and admins change these. You see what is set.</Note>}
        <Part title="Who they are" cap={weights.fitCap} onCap={(fitCap) => setWeights({ ...weights, fitCap })}>
          {weights.fit.map((rule, at) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: rules have no id, and two may be alike
              key={at}
              label={rule.says}
              says={conditionWords(rule, fitFieldChoices)}
            >
              <Amount
                label={`Points for “${rule.says}”`}
                value={rule.points}
                min={-50}
                max={50}
                onChange={(points) => changeRule(at, { points })}
              />
              <Points />
              {mayChange && (
                <IconButton label={`Take away “${rule.says}”`} size="row" onClick={() => removeRule(at)}>
                  <X aria-hidden="true" />
                </IconButton>
              )}
            </Row>
          ))}
          {mayChange && weights.fit.length < 50 && (
            <Button size="row" className="mt-2" icon={<Plus aria-hidden="true" />} onClick={() => setAdding(true)}>
              Add a reason
            </Button>
          )}
        </Part>
        <Part
          title="What they do"
          cap={weights.behaviourCap}
          onCap={(behaviourCap) => setWeights({ ...weights, behaviourCap })}
        >
          {counted.map((kind) => {
            const set = weights.behaviour[kind];
            const change = (next: Partial<typeof set>) =>
              setWeights({ ...weights, behaviour: { ...weights.behaviour, [kind]: { ...set, ...next } } });
            return (
              <Row
                key={kind}
                label={`${engagementLabels[kind]}, on each channel`}
                says="The tenth time says less than the first"
              >
                <HalfLife
                  label={engagementLabels[kind]}
                  value={set.halfLifeDays}
                  onChange={(halfLifeDays) => change({ halfLifeDays })}
                />
                <Amount
                  label={`Points for ${kind}`}
                  value={set.points}
                  min={0}
                  max={100}
                  onChange={(points) => change({ points })}
                />
                <Points />
              </Row>
            );
          })}
          {fading.map((kind) => {
            const set = weights[kind];
            const change = (next: Partial<typeof set>) => setWeights({ ...weights, [kind]: { ...set, ...next } });
            return (
              <Row key={kind} label={fadingLabels[kind]} says="Counted from the last time">
                <HalfLife
                  label={fadingLabels[kind]}
                  value={set.halfLifeDays}
                  onChange={(halfLifeDays) => change({ halfLifeDays })}
                />
                <Amount
                  label={`Points for: ${fadingLabels[kind]}`}
                  value={set.points}
                  min={0}
                  max={100}
                  onChange={(points) => change({ points })}
                />
                <Points />
              </Row>
            );
          })}
          <Row label="Never answered to anything" says={`On a channel, after ${weights.ignored.after} messages`}>
            <Amount
              label="Points where nothing ever came back"
              value={weights.ignored.points}
              min={-50}
              max={0}
              onChange={(points) => setWeights({ ...weights, ignored: { ...weights.ignored, points } })}
            />
            <Points />
          </Row>
        </Part>
        <div>
          <h3 className="mb-1">Where a grade begins</h3>
          <div className="flex flex-wrap gap-x-5 gap-y-2">
            {begins.map((grade) => (
              <span key={grade} className="inline-flex items-center gap-2 text-13">
                <GradeTag grade={grade} />
                <Amount
                  label={`${grade} begins at`}
                  value={weights.grades[grade]}
                  min={1}
                  max={100}
                  onChange={(from) => setWeights({ ...weights, grades: { ...weights.grades, [grade]: from } })}
                />
              </span>
            ))}
            <span className="inline-flex items-center gap-2 text-13 text-soft">
              <GradeTag grade="F" /> below
            </span>
          </div>
        </div>
      </fieldset>
      <div className="min-w-0">
        <div className="grid gap-3 lg:sticky lg:top-4">
          <ScorePreview weights={fault ? model.weights : weights} isChanged={isChanged && !fault} />
          {(fault ?? trouble) && (
            <Note tone="bad" role="alert">
              {fault ?? trouble}
            </Note>
          )}
          {mayChange && (
            <div className="flex flex-wrap gap-2">
              <Button
                variant="primary"
                busy={isBusy}
                offBecause={fault ?? (isChanged ? undefined : "nothing is different yet")}
                onClick={() => void save()}
              >
                Save and score everybody
              </Button>
              {isChanged && <Button onClick={() => setWeights(model.weights)}>As it was</Button>}
            </div>
          )}
        </div>
      </div>
      <Suspense fallback={null}>
        {isAdding && (
          <RuleDialog
            onClose={() => setAdding(false)}
            onAdd={(rule) => setWeights({ ...weights, fit: [...weights.fit, rule] })}
          />
        )}
      </Suspense>
    </div>
  );
}

/** The one thing that the fields together can get wrong. Each alone keeps to its limits. */
function faultOf({ grades: { A, B, C, D, E } }: ScoreWeights): string | null {
  return A > B && B > C && C > D && D > E ? null : "Grades have to fall from A to E.";
}

function Part({
  title,
  cap,
  onCap,
  children,
}: {
  title: string;
  cap: number;
  onCap: (cap: number) => void;
  children: ReactNode;
}) {
  return (
    <div>
      <div className="flex items-center gap-2 pb-1">
        <h3 className="grow">{title}</h3>
        <span className="text-12 text-soft">at most</span>
        <Amount label={`${title}: at most`} value={cap} min={0} max={100} onChange={onCap} />
      </div>
      <div className="border-t border-line">{children}</div>
    </div>
  );
}

function Row({ label, says, children }: { label: string; says: string; children: ReactNode }) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5 text-13">
      <span className="min-w-0 grow basis-48">
        <bdi className="block truncate" title={label}>
          {label}
        </bdi>
        <span className="block text-12 text-soft">{says}</span>
      </span>
      <span className="flex items-center gap-2">{children}</span>
    </div>
  );
}

const Points = () => (
  <span aria-hidden="true" className="text-12 text-soft">
    points
  </span>
);

function HalfLife({ label, value, onChange }: { label: string; value: number; onChange: (days: number) => void }) {
  return (
    <span className="flex items-center gap-1.5 text-12 text-soft">
      half after
      <Amount label={`${label}: days until half of it`} value={value} min={1} max={3_650} onChange={onChange} />
      days
    </span>
  );
}

/** A whole number within its limits: what is typed beyond them counts once it is back inside. */
function Amount({
  label,
  value,
  min,
  max,
  onChange,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}) {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  return (
    <>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Input
        id={id}
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={1}
        value={text ?? String(value)}
        className="num !w-[68px] !px-2 text-right"
        onChange={(event) => {
          const next = Number(event.target.value);
          setText(event.target.value);
          if (event.target.value !== "" && Number.isInteger(next) && next >= min && next <= max) onChange(next);
        }}
        onBlur={() => setText(null)}
      />
    </>
  );
}
