import { ConnectorInputError } from '#app/connectors/shared/input-error.ts';
import type {
  Connector,
  DisputeReading,
  Outcome,
  PostbackInput,
  PostbackReading,
  Reading,
} from '#app/connectors/types.ts';
import type { OpenAccount } from '#app/modules/campaigns/index.server.ts';
import {
  type AttemptRow,
  type LeasedMessage,
  nextState,
  type SettlementRow,
  untilAnswered,
} from '#app/modules/outbox/index.server.ts';
import type { DisputePayload } from '#app/modules/outbox/payloads.ts';
import type { HttpClient } from '#app/platform/http/client.server.ts';
import type { HttpResult, RequestSpec } from '#app/platform/http/types.ts';
import { keepBody, keepRequest } from './evidence.ts';

/** One finished attempt: what to write, and the reading that the outcome's owner acts on. */
export interface FinishedAttempt {
  message: LeasedMessage;
  settlement: SettlementRow;
  attempt: AttemptRow;
  /** Start of the first attempt that could have been acted on, this one included. */
  firstMaySentAt: Date | null;
  finishedAt: Date;
  postback: { input: PostbackInput; reading: PostbackReading } | null;
  dispute: { reading: DisputeReading } | null;
}

export interface AttemptDeps {
  http: HttpClient;
  connectorOf(account: OpenAccount): Connector;
  scheduleOf(account: OpenAccount): readonly number[];
  now(): number;
  random(): number;
  newId(prefix: string): string;
}

/** Makes one attempt: build → send → read. Never throws for what a network does, nor for what cannot be built. */
export async function makeAttempt(
  deps: AttemptDeps,
  message: LeasedMessage,
  account: OpenAccount,
): Promise<FinishedAttempt> {
  const connector = deps.connectorOf(account);
  if (message.kind === 'postback') {
    const input = JSON.parse(message.payload) as PostbackInput;
    const { spec, result, refused } = await buildAndSend(deps, () => connector.buildPostback(input, account));
    const reading = refused ? { ...refused, lead: null, test: null } : connector.readPostback(result, input);
    return finish(deps, {
      message,
      account,
      spec,
      result,
      reading,
      postback: { input, reading },
      dispute: null,
    });
  }
  const calls = connector.dispute;
  if (!calls) throw new Error(`${connector.label} has no dispute call, yet a dispute was queued for it`);
  const { spec, result, refused } = await buildAndSend(deps, () =>
    calls.build(JSON.parse(message.payload) as DisputePayload, account),
  );
  const reading = refused ? { ...refused, dispute: null } : calls.read(result);
  return finish(deps, { message, account, spec, result, reading, postback: null, dispute: { reading } });
}

/** A request that cannot be built is an answer too: nothing left, and it says which field is wrong. */
async function buildAndSend(
  deps: AttemptDeps,
  build: () => RequestSpec,
): Promise<{ spec: RequestSpec | null; result: HttpResult; refused: Reading | null }> {
  try {
    const spec = build();
    return { spec, result: await deps.http.send(spec), refused: null };
  } catch (error) {
    if (!(error instanceof ConnectorInputError)) throw error;
    const refused: Reading = {
      outcome: 'rejected',
      errorCode: error.code,
      errorMessage: error.message,
      errorDetails: [{ path: error.field, message: error.message }],
      retryAfterMs: null,
    };
    return {
      spec: null,
      result: { kind: 'failure', failure: 'other', message: error.message, maySent: false, durationMs: 0 },
      refused,
    };
  }
}

interface Made {
  message: LeasedMessage;
  account: OpenAccount;
  spec: RequestSpec | null;
  result: HttpResult;
  reading: Reading;
  postback: FinishedAttempt['postback'];
  dispute: FinishedAttempt['dispute'];
}

/** Whether the network may have acted on this attempt: in doubt, it may (RG-33). */
function mayHaveActed(result: HttpResult, outcome: Outcome): boolean {
  if (outcome === 'accepted' || outcome === 'duplicate' || outcome === 'test') return true;
  if (result.kind === 'failure') return result.maySent;
  return result.status >= 500 || (result.status >= 200 && result.status < 300);
}

function finish(deps: AttemptDeps, made: Made): FinishedAttempt {
  const { message, reading, result } = made;
  const now = deps.now();
  const finishedAt = new Date(now);
  const outcome = reading.outcome === 'interrupted' ? 'retryable' : reading.outcome;
  const firstMaySentAt =
    message.firstMaySentAt ?? (mayHaveActed(result, outcome) ? message.attemptStartedAt : null);
  const ladder = [deps.scheduleOf(made.account), reading.retryAfterMs, deps.random()] as const;
  const onLadder = nextState(outcome, message.step, ...ladder);
  const next =
    message.kind === 'dispute' && firstMaySentAt !== null ? untilAnswered(onLadder, ...ladder) : onLadder;
  const lead = made.postback?.reading.lead ?? null;
  const httpStatus = result.kind === 'response' ? result.status : null;
  return {
    message,
    finishedAt,
    firstMaySentAt,
    postback: made.postback,
    dispute: made.dispute,
    settlement: {
      id: message.id,
      owner: message.leaseOwner,
      number: message.number,
      status: next.status,
      step: next.step,
      dueAt: next.dueInMs === null ? null : new Date(now + next.dueInMs),
      httpStatus,
      errorCode: reading.errorCode,
      errorMessage: clean(reading.errorMessage),
      networkCampaignId: lead?.networkCampaignId ?? made.postback?.reading.test?.networkCampaignId ?? null,
      payoutCents: lead?.payoutCents ?? null,
      currency: lead?.currency ?? null,
      firstMaySentAt,
      settledAt: next.dueInMs === null ? finishedAt : null,
      updatedAt: finishedAt,
    },
    attempt: {
      id: deps.newId('att'),
      messageId: message.id,
      number: message.number,
      startedAt: message.attemptStartedAt,
      durationMs: result.durationMs,
      timings: result.timings ? JSON.stringify(result.timings) : null,
      ...(made.spec
        ? keepRequest(made.spec)
        : { requestMethod: null, requestUrl: null, requestHeaders: null, requestBody: null }),
      responseStatus: httpStatus,
      responseHeaders: result.kind === 'response' ? JSON.stringify(result.headers) : null,
      ...keepBody(result),
      responseBytes: result.kind === 'response' ? result.bodyBytes : null,
      truncated: result.kind === 'response' && result.truncated,
      outcome: reading.outcome,
      errorCode: reading.errorCode,
      errorMessage: clean(reading.errorMessage),
      errorDetails: reading.errorDetails.length > 0 ? JSON.stringify(reading.errorDetails) : null,
    },
  };
}

/** A network's words, without the NUL that PostgreSQL cannot keep, and no longer than a page can show. */
const clean = (text: string | null): string | null =>
  text === null ? null : text.replaceAll('\0', '').slice(0, 2000);
