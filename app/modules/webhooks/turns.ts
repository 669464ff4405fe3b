const running = new Map<string, Promise<unknown>>();

/** Runs works of the same key one after the other, within this process. Rejects as the work does. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = running.get(key) ?? Promise.resolve();
  const turn = before.then(work, work);
  running.set(key, turn);
  try {
    return await turn;
  } finally {
    if (running.get(key) === turn) running.delete(key);
  }
}
