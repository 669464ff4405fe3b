export interface Pacer {
  ask(): void;
  stop(): void;
}

/**
 * Runs `run` when asked, at most once every `everyMs`; whoever asks meanwhile is served by one more run at the end.
 * `first` says whether the run after a rest comes at once or `everyMs` later.
 */
export function createPacer(run: () => void, everyMs: number, first: 'now' | 'later'): Pacer {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asked = false;
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = null;
      if (!asked) return;
      asked = false;
      run();
      rest();
    }, everyMs);
  };
  return {
    ask() {
      if (timer || first === 'later') asked = true;
      else run();
      if (!timer) rest();
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
