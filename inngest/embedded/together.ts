/**
 * Does the same thing for many at once: while one round is on its way to the database, what comes meanwhile gathers for the
 * next. A single caller waits for nobody; a hundred share one commit. Where a round fails, each is tried alone, so that one
 * that cannot be done does not take the others along.
 */
export function together<In, Out>(work: (items: readonly In[]) => Promise<readonly Out[]>, most = 200) {
  type Waiting = { item: In; done(out: Out): void; failed(error: unknown): void };
  const waiting: Waiting[] = [];
  let isBusy = false;

  async function round(taken: Waiting[]): Promise<void> {
    try {
      const outs = await work(taken.map(({ item }) => item));
      for (const [at, { done }] of taken.entries()) done(outs[at] as Out);
    } catch (error) {
      if (taken.length === 1) return taken[0]?.failed(error);
      for (const one of taken) await round([one]);
    }
  }

  async function drain(): Promise<void> {
    isBusy = true;
    while (waiting.length > 0) await round(waiting.splice(0, most));
    isBusy = false;
  }

  return (item: In): Promise<Out> =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed });
      // A moment later, so that those who come in the same turn of the event loop go along.
      if (!isBusy) {
        isBusy = true;
        queueMicrotask(() => void drain());
      }
    });
}
