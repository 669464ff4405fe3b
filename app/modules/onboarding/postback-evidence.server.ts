import type { Connector, PostbackInput } from '#app/connectors/types.ts';
import type { OpenAccount } from '#app/modules/campaigns/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import type { AttemptEvidence, PostbackEvidence } from './evidence-schema.ts';

/** The postback of a test as it goes, and its newest try. */
export async function postbackSeen(
  ctx: Pick<Ctx, 'store'>,
  account: OpenAccount,
  connector: Connector,
  schedule: readonly number[],
  postbackId: string,
): Promise<{ postback: PostbackEvidence; attempt: AttemptEvidence | null } | null> {
  const { prisma } = ctx.store;
  const row = await prisma.outboxMessage.findUnique({ where: { id: postbackId } });
  if (!row) return null;
  const context = { networkCampaignId: row.networkCampaignId, httpStatus: row.httpStatus };
  const explained =
    row.errorCode === null ? null : connector.explain(row.errorCode, row.errorMessage, context);
  const postback: PostbackEvidence = {
    id: row.id,
    status: row.status,
    attempts: row.attempts,
    attemptsMax: schedule.length + 1,
    dueAt: row.dueAt.toISOString(),
    attemptStartedAt: row.attemptStartedAt?.toISOString() ?? null,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    explanation: explained && {
      title: explained.title,
      meaning: explained.meaning,
      whatToDo: explained.whatToDo,
      link: explained.link,
    },
  };
  const kept = await prisma.attempt.findFirst({ where: { messageId: row.id }, orderBy: { number: 'desc' } });
  const underWay = row.status === 'sending' && kept?.number !== row.attempts;
  return {
    postback,
    attempt: kept && !underWay ? keptAttempt(kept) : preview(row.payload, row.attempts, account, connector),
  };
}

type KeptAttempt = NonNullable<Awaited<ReturnType<Ctx['store']['prisma']['attempt']['findFirst']>>>;

function keptAttempt(row: KeptAttempt): AttemptEvidence {
  return {
    number: row.number,
    method: row.requestMethod ?? '',
    url: row.requestUrl ?? '',
    headers: pairs(row.requestHeaders),
    body: row.requestBody,
    response: {
      status: row.responseStatus,
      headers: pairs(row.responseHeaders),
      body: row.responseBody,
      encoding: row.bodyEncoding === 'base64' ? 'base64' : 'utf8',
      bytes: row.responseBytes,
      truncated: row.truncated,
      durationMs: row.durationMs,
      outcome: row.outcome,
      errorMessage: row.errorMessage,
    },
  };
}

const pairs = (json: string | null): [string, string][] =>
  json === null
    ? []
    : Object.entries(JSON.parse(json) as Record<string, string | string[]>).map(([name, value]) => [
        name,
        String(value),
      ]);

/** What is being sent right now; it is kept only once it is settled. Whatever is secret is left out whole. */
function preview(
  payload: string,
  number: number,
  account: OpenAccount,
  connector: Connector,
): AttemptEvidence | null {
  const spec = connector.buildPostback(JSON.parse(payload) as PostbackInput, account);
  if (spec.secretBodyFields?.length) return null;
  return {
    number: Math.max(number, 1),
    method: spec.method,
    url: spec.url,
    headers: Object.entries(spec.headers).filter(
      ([name]) => !spec.secretHeaders.includes(name.toLowerCase()),
    ),
    body: spec.body,
    response: null,
  };
}
