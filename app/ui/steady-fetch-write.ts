/** Why a write of page data, or a read, has no answer to show. */
export type NoResult =
  /** The line is down, or Leadline is being started anew: whether the write was done is not known. */
  | { kind: 'lost' }
  /** The session has ended: a press was refused before anything was done, or the page read itself anew. */
  | { kind: 'signed-out'; pressed: boolean }
  /** Leadline refused it (4xx) or failed at it (5xx); `said` is what it tells the person, where it does. */
  | { kind: 'failed'; status: number; said?: string };

/** An action that answered nothing, {"data": null}, as page data is written. The router takes no `undefined`. */
const NOTHING = '[{"_1":-5},"data"]\n';
/** Pages that nobody is signed in at, or that end a session: being led to /login is what they are for. */
const OUTSIDE = /^\/(login|logout|setup)$/;

/** An answer, read to its end: one that breaks off is none. */
interface Whole {
  status: number;
  headers: Headers;
  text: string;
}

/**
 * Sends a write of page data, once. What would put an error page or the sign-in page in the place of the form is given
 * to `tell` instead, and the router gets an answer with nothing in it and the status 503, after which it reads nothing
 * anew: the page stays as it is, with what was typed. `tell(null)` says that an answer came. Aborts are thrown on.
 */
export async function sendWrite(
  url: URL,
  ask: () => Promise<Response>,
  signal: AbortSignal | null | undefined,
  tell: (result: NoResult | null) => void,
): Promise<Response> {
  const answer = await wholeOf(ask, signal);
  const result = answer === null ? LOST : noResultOf(url, answer);
  tell(result);
  if (answer === null || result !== null)
    return new Response(NOTHING, {
      status: 503,
      headers: { 'content-type': 'text/x-script', 'x-remix-response': 'yes' },
    });
  const { text, status, headers } = answer;
  return new Response(text === '' ? null : text, { status, headers });
}

const LOST: NoResult = { kind: 'lost' };

async function wholeOf(
  ask: () => Promise<Response>,
  signal: AbortSignal | null | undefined,
): Promise<Whole | null> {
  try {
    const answer = await ask();
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  } catch (error) {
    if (error instanceof TypeError && !signal?.aborted) return null;
    throw error;
  }
}

function noResultOf(url: URL, { status, headers, text }: Whole): NoResult | null {
  // only Leadline's pages answer with the header; a proxy, or the checks before the pages, do not
  if (!headers.has('x-remix-response')) {
    if (status < 400 || [502, 503, 504].includes(status)) return LOST;
    return { kind: 'failed', status, ...sayingOf(messageOf(text)) };
  }
  if (isSignIn(status, text)) return OUTSIDE.test(pathOf(url)) ? null : { kind: 'signed-out', pressed: true };
  if (status < 400) return null;
  const data = readPageData(text);
  return 'error' in data ? { kind: 'failed', status, ...sayingOf(data.error) } : null;
}

/** Whether an answer of page data leads to /login: the session has ended. Leaves the answer to be read. */
export const leadsToSignIn = async (answer: Response): Promise<boolean> =>
  answer.status === 202 && isSignIn(202, await answer.clone().text());

function isSignIn(status: number, text: string): boolean {
  if (status !== 202) return false;
  const { redirect } = readPageData(text);
  return typeof redirect === 'string' && /^\/login(\?|$)/.test(redirect);
}

const pathOf = (url: URL): string => url.pathname.replace(/\.data$/, '');
const sayingOf = (said: unknown): { said?: string } =>
  typeof said === 'string' && said !== '' ? { said } : {};

/** The message of an answer as the API gives it, which the checks before the pages use. */
function messageOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { error?: { message?: unknown } } | null)?.error?.message;
  } catch {
    // a proxy's own page
    return undefined;
  }
}

/**
 * The fields of what page data carries, texts only: an action's `redirect`, and the text of a thrown answer as `error`
 * (empty for an error of another kind). On the wire it is one line of JSON: an array in which objects name their keys
 * and values by place. What is not understood is read as nothing, and reaches the router as it came.
 */
function readPageData(text: string): { redirect?: unknown; error?: unknown } {
  const [line = ''] = text.split('\n');
  let flat: unknown;
  try {
    flat = JSON.parse(line);
  } catch {
    return {};
  }
  if (!Array.isArray(flat)) return {};
  const values: unknown[] = flat;
  // loaders wrap a redirect, actions do not
  const [type, place] = Array.isArray(values[0]) ? values[0] : [];
  if (type === 'SingleFetchRedirect') return fieldsOf(values, place);
  const top = fieldsOf(values, 0);
  if (!('error' in top)) return { redirect: top.redirect };
  const [kind, said] = Array.isArray(top.error) ? top.error : [];
  return { error: kind === 'ErrorResponse' ? values[Number(said)] : '' };
}

function fieldsOf(values: readonly unknown[], place: unknown): Record<string, unknown> {
  const object = values[Number(place)];
  if (object === null || typeof object !== 'object' || Array.isArray(object)) return {};
  return Object.fromEntries(
    Object.entries(object).map(([key, at]) => [String(values[Number(key.slice(1))]), values[Number(at)]]),
  );
}
