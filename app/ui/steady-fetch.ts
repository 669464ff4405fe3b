/** Waits before the next try, in ms; the last goes on for ever. */
const WAITS_MS = [500, 1_000, 2_000, 5_000];
/** Tries for a page that was asked for; then it is better to say so than to leave somebody before a dead link. */
const TRIES_ELSEWHERE = 4;
/** What a proxy answers while Leadline is being started anew. */
const AWAY = [502, 503, 504];

/** Leadline gave no answer: the line is down, or it is being started anew. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

export interface SteadyDeps {
  fetch: typeof fetch;
  /** Resolves after `ms`, or rejects with the signal's reason once it is aborted. */
  wait: (ms: number, signal: AbortSignal | null | undefined) => Promise<void>;
  /** Address of the page in view. */
  here: () => string;
}

/**
 * A fetch that waits where Leadline cannot be reached, for reads of page data only. Pages read themselves anew with
 * every notice; one such read that falls into a restart would else put an error page in the place of the open row and
 * the note half written. The page in view is asked for until it comes (the header says meanwhile that nothing
 * arrives), another page some times, then `NoAnswer` is thrown. Everything else, writes above all, is never repeated.
 */
export function steadyFetch({ fetch, wait, here }: SteadyDeps): typeof fetch {
  return async (input, init) => {
    const url = readOf(input, init, here());
    if (url === null) return fetch(input, init);
    const inView = pageOf(url) === new URL(here()).pathname;
    for (let turn = 0; ; turn++) {
      const answer = await attempt(() => fetch(input, init), init?.signal);
      if (answer) return answer;
      if (!inView && turn + 1 >= TRIES_ELSEWHERE) throw new NoAnswer('Leadline gave no answer');
      await wait(WAITS_MS[Math.min(turn, WAITS_MS.length - 1)] ?? 0, init?.signal);
    }
  };
}

/** The answer, or null where Leadline gave none. */
async function attempt(
  ask: () => Promise<Response>,
  signal: AbortSignal | null | undefined,
): Promise<Response | null> {
  try {
    const answer = await ask();
    // with the header it is Leadline itself that answers so
    return AWAY.includes(answer.status) && !answer.headers.has('x-remix-response') ? null : answer;
  } catch (error) {
    if (error instanceof TypeError && !signal?.aborted) return null;
    throw error;
  }
}

/** The address of a read of page data of this site, or null for anything else. */
function readOf(input: RequestInfo | URL, init: RequestInit | undefined, here: string): URL | null {
  if (input instanceof Request || (init?.method ?? 'GET').toUpperCase() !== 'GET') return null;
  const url = new URL(input, here);
  return url.origin === new URL(here).origin && url.pathname.endsWith('.data') ? url : null;
}

const pageOf = (url: URL): string => url.pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/');

/** Waits in the browser: until the time is over or the line is said to be back. */
export const waitInBrowser: SteadyDeps['wait'] = (ms, signal) =>
  new Promise((resolve, reject) => {
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      removeEventListener('online', back);
      signal?.removeEventListener('abort', given);
      settle();
    };
    const back = end(resolve);
    const given = end(() => reject(signal?.reason));
    const timer = setTimeout(back, ms);
    addEventListener('online', back);
    signal?.addEventListener('abort', given);
    if (signal?.aborted) given();
  });
