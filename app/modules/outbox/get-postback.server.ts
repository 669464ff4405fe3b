import { listAudit } from '#app/modules/audit/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { odditiesOf } from './code-words.ts';
import { countPostbacks } from './count-postbacks.server.ts';
import type { CodeTrace, PostbackDetail } from './detail-schema.ts';
import { explainMessage } from './explain-message.ts';
import { findLikelyCode } from './find-likely-code.server.ts';
import { ladderOf } from './ladder.ts';
import { readItem } from './list-postbacks.server.ts';
import type { ConnectorFor } from './postback-items.server.ts';
import { readAttempts } from './read-attempts.server.ts';
import { readCodeTrace } from './read-code-trace.server.ts';
import { conversionFacts, leadFacts, refundFacts } from './read-facts.server.ts';

/** What reading a message needs of other parts; given by the composition root. */
export interface PostbackReadDeps {
  connectorFor: ConnectorFor;
  /** The account's retry ladder, in seconds. */
  scheduleOf(accountId: string): Promise<readonly number[]>;
}

/** One message (a postback, or a dispute) with everything that is known about it. Throws NOT_FOUND. */
export async function getPostback(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  deps: PostbackReadDeps,
  id: string,
): Promise<PostbackDetail> {
  const { prisma } = ctx.store;
  const row = await prisma.outboxMessage.findUnique({ where: { id }, omit: { payload: true } });
  if (!row) throw new AppError('NOT_FOUND', `There is no postback with the id ${id}.`);
  const kind = row.kind === 'dispute' ? 'dispute' : 'postback';
  // before its attempts: one that is settled meanwhile then has its row, and never the other way round
  const item = await readItem(ctx, deps.connectorFor, kind, id);
  if (!item) throw new AppError('NOT_FOUND', `There is no postback with the id ${id}.`);
  const [attempts, connector, schedule, conversion, lead, refunds, audit] = await Promise.all([
    readAttempts(ctx.store, id),
    deps.connectorFor(row.accountId),
    deps.scheduleOf(row.accountId),
    row.conversionId ? prisma.conversion.findUnique({ where: { id: row.conversionId } }) : null,
    row.leadId
      ? prisma.lead.findUnique({ where: { id: row.leadId } })
      : row.conversionId
        ? prisma.lead.findFirst({ where: { conversionId: row.conversionId }, orderBy: { id: 'asc' } })
        : null,
    row.conversionId
      ? prisma.refund.findMany({ where: { conversionId: row.conversionId }, orderBy: { id: 'asc' } })
      : [],
    listAudit(ctx, { subjectType: 'message', subjectId: id, limit: 50 }),
  ]);
  const message = { ...item, attemptStartedAt: row.attemptStartedAt?.toISOString() ?? null };
  const made =
    item.status === 'sending' ? attempts.filter((attempt) => attempt.number < item.attempts) : attempts;
  const last = attempts.at(-1);
  const trace = await traceOf(ctx, {
    row,
    conversion,
    body: last?.requestBody ?? null,
    sentAt: last?.startedAt ?? null,
    parameter: parameterOf(connector),
  });
  return {
    ...message,
    attemptsMade: item.attempts,
    attempts,
    explanation: explainMessage(connector, item),
    ladder: ladderOf(message, made, schedule, nowOf(ctx).getTime()),
    canSkip: item.status === 'retrying' && schedule[item.step] !== undefined,
    trace,
    conversion: conversion && conversionFacts(conversion),
    lead: lead && leadFacts(lead),
    refunds: refunds.map(refundFacts),
    audit: audit.items.map(({ id: auditId, actorName, actorType, action, createdAt }) => ({
      id: auditId,
      actorName,
      actorType,
      action,
      createdAt,
    })),
    connectorId: connector.id,
    othersWithCause:
      item.errorCode === null
        ? 0
        : Math.max(
            0,
            (await countPostbacks(ctx, { kind, cause: [item.errorCode], status: [item.status] })) - 1,
          ),
  };
}

const parameterOf = (connector: {
  captureParameters: readonly { kind: string; query: string }[];
}): string | null => connector.captureParameters.find((parameter) => parameter.kind === 'ref')?.query ?? null;

interface Traced {
  row: { accountId: string; ref: string | null; errorCode: string | null; createdAt: Date; kind: string };
  conversion: {
    ref: string | null;
    recordType: string | null;
    recordId: string | null;
    createdAt: Date;
  } | null;
  body: string | null;
  sentAt: string | null;
  parameter: string | null;
}

async function traceOf(
  ctx: Pick<Ctx, 'store'>,
  { row, conversion, body, sentAt, parameter }: Traced,
): Promise<CodeTrace> {
  if (!conversion) return { stops: [], likely: null, oddities: [] };
  const postback = row.kind === 'postback';
  const stops = await readCodeTrace(ctx.store, {
    accountId: row.accountId,
    ref: conversion.ref,
    recordType: conversion.recordType,
    recordId: conversion.recordId,
    convertedAt: conversion.createdAt,
    body: postback ? body : null,
    sentAt,
    parameter,
  });
  const sent = row.errorCode === 'NOT_FOUND' && postback ? conversion.ref : null;
  if (sent === null) return { stops, likely: null, oddities: [] };
  return {
    stops,
    likely: await findLikelyCode(ctx.store, row.accountId, sent, stops),
    oddities: odditiesOf(sent),
  };
}
