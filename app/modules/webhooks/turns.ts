const turns = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Runs works of the same key one after the other, for each `owner` (a process's store). Rejects as the work does. */
export async function inTurn<T>(owner: object, key: string, work: () => Promise<T>): Promise<T> {
  const running = turns.get(owner) ?? new Map<string, Promise<unknown>>();
  turns.set(owner, running);
  const before = running.get(key) ?? Promise.resolve();
  const turn = before.then(work, work);
  running.set(key, turn);
  try {
    return await turn;
  } finally {
    if (running.get(key) === turn) running.delete(key);
  }
}
