import type { TestCtx } from '../factories/test-ctx.ts';

/** What a made-up attempt is told to be; the rest is an accepted first attempt of a new postback. */
export interface MadeAttempt {
  number?: number;
  messageId?: string;
  kind?: 'postback' | 'dispute';
  accountId?: string;
  campaign?: string | null;
  outcome?: string;
  httpStatus?: number | null;
  errorCode?: string | null;
  errorMessage?: string | null;
  requestBody?: string | null;
  responseBody?: string | null;
  bodyEncoding?: 'utf8' | 'base64';
  externalId?: string;
  status?: string;
  /** ms from the conversion to the attempt's start, and from there to its end. */
  waitedMs?: number;
  tookMs?: number;
}

let made = 0;

/** Writes an attempt (and its message, unless `messageId` names one) as of now by the test's clock. */
export async function makeAttemptRow(t: TestCtx, over: MadeAttempt = {}) {
  const { prisma } = t.ctx.store;
  const finished = t.ctx.clock.now();
  const startedAt = new Date(finished - (over.tookMs ?? 0));
  const createdAt = new Date(startedAt.getTime() - (over.waitedMs ?? 0));
  const messageId = over.messageId ?? t.ctx.newId(over.kind === 'dispute' ? 'msg' : 'pbk');
  const externalId = over.externalId ?? `order-${++made}`;
  if (!over.messageId)
    await prisma.outboxMessage.create({
      data: {
        id: messageId,
        kind: over.kind ?? 'postback',
        accountId: over.accountId ?? 'acc_1',
        externalId,
        networkCampaignId: over.campaign === undefined ? 'camp-1' : over.campaign,
        payload: '{}',
        status: over.status ?? 'delivered',
        attempts: 1,
        dueAt: createdAt,
        createdAt,
        updatedAt: createdAt,
      },
    });
  const id = t.ctx.newId('att');
  await prisma.attempt.create({
    data: {
      id,
      messageId,
      number: over.number ?? 1,
      startedAt,
      durationMs: over.tookMs ?? 0,
      outcome: over.outcome ?? 'accepted',
      responseStatus: over.httpStatus === undefined ? 201 : over.httpStatus,
      errorCode: over.errorCode ?? null,
      errorMessage: over.errorMessage ?? null,
      requestBody: over.requestBody === undefined ? `{"externalId":"${externalId}"}` : over.requestBody,
      responseBody: over.responseBody === undefined ? `{"leadId":"ld_${externalId}"}` : over.responseBody,
      bodyEncoding: over.bodyEncoding ?? 'utf8',
    },
  });
  return { id, messageId, externalId };
}
