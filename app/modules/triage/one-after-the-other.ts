/** Runs `work` never twice at once; callers that come while it runs share one more run after it. */
export function oneAfterTheOther(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => {
    if (!current) {
      current = work().finally(() => {
        current = null;
      });
      return current;
    }
    // its fault is told to those who wait for it
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = null;
        return run();
      });
    return next;
  };
  return run;
}
