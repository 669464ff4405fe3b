import type { Connector, ConnectorCall, HttpResult, Reading } from '../../types.ts';

/** A reader of one of a connector's calls. */
export interface CallReader {
  call: ConnectorCall;
  read: (result: HttpResult) => Reading;
}

const OUTCOMES: readonly string[] = ['accepted', 'duplicate', 'test', 'retryable', 'rejected'];
const RETRIES: readonly string[] = ['automatic', 'after_fix', 'no'];

/**
 * What is wrong with a reading of any answer whatever, or with the explanation of its code; nothing where it is
 * sound. A list rather than assertions, so that thousands of readings cost one assertion.
 */
export function problemsOf(
  connector: Connector,
  call: ConnectorCall,
  result: HttpResult,
  got: Reading,
): string[] {
  const problems: string[] = [];
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(`${call} ${JSON.stringify({ ...result, body: undefined, got })}: ${problem}`);
  };
  const status = result.kind === 'response' ? result.status : null;
  const failed = got.outcome === 'retryable' || got.outcome === 'rejected';
  const wait = got.retryAfterMs;
  check(OUTCOMES.includes(got.outcome), 'a reader gives one of its five outcomes');
  check(!failed || (got.errorCode ?? '').trim() !== '', 'a failure has a code');
  check(wait === null || (Number.isSafeInteger(wait) && wait >= 0), 'a wait is whole milliseconds');
  check(wait === null || got.outcome === 'retryable', 'only what is retried waits');
  if (status !== null && status >= 300 && status <= 399) check(failed, '3xx is never a success');
  if (status !== null && status >= 500 && status <= 599) check(got.outcome === 'retryable', '5xx is retried');
  if (got.errorCode === null) return problems;
  const context = { networkCampaignId: 'camp-1', httpStatus: status, call };
  const { retry } = connector.explain(got.errorCode, got.errorMessage, context);
  if (failed) check((retry === 'automatic') === (got.outcome === 'retryable'), 'advice and outcome agree');
  return [...problems, ...explanationProblems(connector, got.errorCode, got.errorMessage, context)];
}

/** What is missing in the explanation of a code; nothing where every part says something. */
export function explanationProblems(
  connector: Connector,
  code: string,
  message: string | null,
  context: Parameters<Connector['explain']>[2],
): string[] {
  const { short, title, meaning, whatToDo, retry, link } = connector.explain(code, message, context);
  const problems: string[] = [];
  for (const text of [short, title, meaning, whatToDo]) {
    if (text.trim().length < 4) problems.push(`${code}: says nothing in one of its parts`);
  }
  if (short.length > 40) problems.push(`${code}: ${JSON.stringify(short)} is too long for a badge`);
  if (!RETRIES.includes(retry)) problems.push(`${code}: retry is ${retry}`);
  if (link !== null && !link.url.startsWith('https://')) problems.push(`${code}: links to ${link.url}`);
  return problems;
}
