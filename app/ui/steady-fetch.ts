import { leadsToSignIn, type NoResult, sendWrite } from './steady-fetch-write.ts';

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
  /** Whether something was typed on the page in view. */
  typed: () => boolean;
  /** Says that there is no result to show, and why; null once an answer came. */
  tell: (result: NoResult | null) => void;
}

/**
 * A fetch that keeps the page where Leadline cannot be reached, for page data only.
 *
 * Reads wait: pages read themselves anew with every notice; one such read that falls into a restart would else put an
 * error page in the place of the open row and the note half written. The page in view is asked for until it comes (the
 * header says meanwhile that nothing arrives), another page some times, then `NoAnswer` is thrown. Where the session has
 * ended, a page that was typed on waits for the next sign-in in the same way, rather than give way to that page.
 *
 * Writes are sent once and never repeated (see `sendWrite`). All else passes as it is.
 */
export function steadyFetch(deps: SteadyDeps): typeof fetch {
  const { fetch, here, tell } = deps;
  return (input, init) => {
    const url = pageDataOf(input, here());
    if (url === null) return fetch(input, init);
    if (isRead(init)) return read(url, () => fetch(input, init), init?.signal, deps);
    return sendWrite(url, () => fetch(input, init), init?.signal, tell);
  };
}

async function read(
  url: URL,
  ask: () => Promise<Response>,
  signal: AbortSignal | null | undefined,
  { wait, here, typed, tell }: SteadyDeps,
): Promise<Response> {
  const inView = pageOf(url) === new URL(here()).pathname;
  let told = false;
  for (let turn = 0; ; turn++) {
    const answer = await attempt(ask, signal);
    const signedOut = answer !== null && inView && typed() && (await leadsToSignIn(answer));
    if (answer && !signedOut) {
      if (told) tell(null);
      return answer;
    }
    if (signedOut && !told) tell({ kind: 'signed-out', pressed: false });
    told ||= signedOut;
    if (!inView && turn + 1 >= TRIES_ELSEWHERE) throw new NoAnswer('Leadline gave no answer');
    await wait(WAITS_MS[Math.min(turn, WAITS_MS.length - 1)] ?? 0, signal);
  }
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

/** The address of page data of this site, or null for anything else. */
function pageDataOf(input: RequestInfo | URL, here: string): URL | null {
  if (input instanceof Request) return null;
  const url = new URL(input, here);
  return url.origin === new URL(here).origin && url.pathname.endsWith('.data') ? url : null;
}

/** A form with the intent `preview` changes nothing either: it is posted for what it carries. */
function isRead(init: RequestInit | undefined): boolean {
  if ((init?.method ?? 'GET').toUpperCase() === 'GET') return true;
  return init?.body instanceof URLSearchParams && init.body.get('intent') === 'preview';
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

/** Whether the person typed or chose something since the page in view was opened. Call once. */
export function watchTyping(): SteadyDeps['typed'] {
  let page: string | null = null;
  const note = () => {
    page = location.pathname;
  };
  addEventListener('input', note, true);
  return () => page === location.pathname;
}
