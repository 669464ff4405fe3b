import type { AttemptItem } from '#app/modules/outbox/detail-schema.ts';
import type { HttpHeader } from '#app/ui/http-panes.tsx';
import type { Meaning } from '#app/ui/meaning.ts';

const REASONS: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The standard words of an HTTP status, or nothing. */
export const reasonPhrase = (status: number): string | undefined => REASONS[status];

const NO_ANSWER: Record<string, string> = {
  TIMEOUT: 'Timed out',
  DNS: 'No such host',
  REFUSED: 'Refused',
  RESET: 'Cut off',
  TLS: 'TLS failed',
  INCOMPLETE_RESPONSE: 'Cut short',
  NETWORK: 'No connection',
  BLOCKED_ADDRESS: 'Not allowed',
  INTERRUPTED: 'Interrupted',
};

/** An answer in a word: its status, or why there was none. */
export function answerWord(status: number | null, code: string | null): string {
  if (status !== null) return String(status);
  return code === null ? 'No answer' : (NO_ANSWER[code] ?? 'Not sent');
}

/** An answer for a table's cell: "404 NOT_FOUND", "Timed out". */
export function answerLine(status: number | null, code: string | null): string {
  if (status === null) return code === null ? '' : answerWord(null, code);
  return code === null ? String(status) : `${status} ${code}`;
}

export const outcomeMeaning = (outcome: string): Meaning =>
  ['accepted', 'duplicate', 'test'].includes(outcome) ? 'good' : 'needs';

export const headerList = (headers: Record<string, string>): HttpHeader[] => Object.entries(headers);

/** Headers that differ on every answer and say nothing about it. */
const NOISE = new Set([
  'date',
  'age',
  'x-request-id',
  'cf-ray',
  'etag',
  'set-cookie',
  'content-length',
  'connection',
  'keep-alive',
  'server-timing',
]);

/** What is different from the attempt before, in words; empty when nothing that matters is. */
export function changesSince(before: AttemptItem, now: AttemptItem): string[] {
  const out: string[] = [];
  if (before.requestUrl !== now.requestUrl) out.push(`address changed from ${before.requestUrl ?? 'none'}`);
  if (before.requestBody !== now.requestBody)
    out.push(`request body changed${fieldsThatDiffer(before.requestBody, now.requestBody)}`);
  const headers = differingKeys(before.requestHeaders, now.requestHeaders);
  if (headers.length > 0)
    out.push(headers.includes('authorization') ? 'another key' : `${headers.join(', ')} changed`);
  const [was, is] = [
    answerLine(before.responseStatus, before.errorCode),
    answerLine(now.responseStatus, now.errorCode),
  ];
  if (was !== is) out.push(`answer changed from ${was || 'none'}`);
  else if (before.responseBody !== now.responseBody) out.push('same answer, other body');
  else if (differingKeys(before.responseHeaders, now.responseHeaders).length > 0)
    out.push('same answer, other headers');
  return out;
}

function differingKeys(a: Record<string, string>, b: Record<string, string>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => a[key] !== b[key] && !NOISE.has(key.toLowerCase()),
  );
}

function fieldsThatDiffer(a: string | null, b: string | null): string {
  const [was, is] = [fieldsOf(a), fieldsOf(b)];
  if (!was || !is) return '';
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]),
  );
  return names.length === 0 ? ' in its layout' : `: ${names.join(', ')}`;
}

function fieldsOf(body: string | null): Record<string, unknown> | null {
  if (body === null) return null;
  try {
    const value: unknown = JSON.parse(body);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

const MASK = '••••';
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * The request as a curl command. A key is never in it: a masked header reads it from an environment variable such as
 * $REGATTA_API_KEY. Null where nothing was sent.
 */
export function curlOf(
  attempt: Pick<AttemptItem, 'requestMethod' | 'requestUrl' | 'requestHeaders' | 'requestBody'>,
  connectorId: string,
): string | null {
  if (!attempt.requestUrl || !attempt.requestMethod) return null;
  const variable = `$${connectorId.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_API_KEY`;
  const headers = Object.entries(attempt.requestHeaders).map(([name, value]) => {
    if (!value.includes(MASK)) return `-H ${quoted(`${name}: ${value}`)}`;
    const scheme = /^(?:Bearer|Basic) /.exec(value)?.[0] ?? '';
    return `-H "${name}: ${scheme}${variable}"`;
  });
  const body = attempt.requestBody === null ? [] : [`--data-raw ${quoted(attempt.requestBody)}`];
  return [`curl -i -X ${attempt.requestMethod} ${quoted(attempt.requestUrl)}`, ...headers, ...body].join(
    ' \\\n  ',
  );
}
