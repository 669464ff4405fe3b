import {
  conversionFacts,
  getPostback,
  leadFacts,
  type PostbackReadDeps,
  readCodeTrace,
  refundFacts,
} from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { tellStory } from './conversion-story.ts';
import type { ConversionTrace } from './story-schema.ts';

/** At most this many arrivals of one code are told. */
const CAPTURES_MAX = 20;

/**
 * Everything that is known of one conversion, in time order: arrivals, record, conversion, postback and its attempts,
 * leads, refunds, disputes, losses. Throws NOT_FOUND.
 */
export async function traceConversion(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  deps: PostbackReadDeps,
  id: string,
): Promise<ConversionTrace> {
  const { prisma } = ctx.store;
  const row = await prisma.conversion.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND', `There is no conversion with the id ${id}.`);
  const [postback, messages, leads, refunds, conflicts, account, record] = await Promise.all([
    row.postbackId ? getPostback(ctx, deps, row.postbackId) : null,
    prisma.outboxMessage.findMany({
      where: { conversionId: id, kind: 'dispute' },
      orderBy: { id: 'asc' },
      omit: { payload: true },
    }),
    prisma.lead.findMany({ where: { conversionId: id }, orderBy: { id: 'asc' } }),
    prisma.refund.findMany({ where: { conversionId: id }, orderBy: { id: 'asc' } }),
    prisma.intakeConflict.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' }, take: CAPTURES_MAX }),
    prisma.networkAccount.findUnique({ where: { id: row.accountId }, select: { name: true } }),
    row.recordType && row.recordId
      ? prisma.trackedRecord.findUnique({
          where: {
            accountId_type_recordId: {
              accountId: row.accountId,
              type: row.recordType,
              recordId: row.recordId,
            },
          },
        })
      : null,
  ]);
  const captures = await capturesOf(ctx, row, record?.visitorId ?? null);
  const losses =
    leads.length === 0
      ? []
      : await prisma.loss.findMany({ where: { leadId: { in: leads.map((lead) => lead.id) } } });
  const parameter =
    (await deps.connectorFor(row.accountId)).captureParameters.find((p) => p.kind === 'ref')?.query ?? null;
  const trace = postback?.trace ?? {
    stops: await readCodeTrace(ctx.store, {
      ...row,
      convertedAt: row.createdAt,
      body: null,
      sentAt: null,
      parameter,
    }),
    likely: null,
    oddities: [],
  };
  const facts = {
    captures: captures.map((capture) => ({
      id: capture.id,
      ref: capture.ref,
      promo: capture.promo,
      url: capture.url,
      visitorId: capture.visitorId,
      outcome: capture.outcome,
      keptRef: capture.keptRef,
      at: capture.capturedAt.toISOString(),
    })),
    record: record && {
      id: record.id,
      type: record.type,
      recordId: record.recordId,
      ref: record.ref,
      at: record.createdAt.toISOString(),
    },
    conversion: {
      ...conversionFacts(row),
      network: account?.name ?? 'unknown',
      campaignId: row.campaignKey === '' ? null : row.campaignKey,
      metadata: row.metadata,
      paymentIds: row.paymentIds ? (JSON.parse(row.paymentIds) as string[]) : [],
    },
    postback,
    leads: leads.map(leadFacts),
    refunds: refunds.map(refundFacts),
    disputes: messages.map((message) => ({
      id: message.id,
      leadId: message.leadId,
      status: message.status,
      attempts: message.attempts,
      httpStatus: message.httpStatus,
      errorCode: message.errorCode,
      errorMessage: message.errorMessage,
      createdAt: message.createdAt.toISOString(),
      settledAt: message.settledAt?.toISOString() ?? null,
    })),
    losses: losses.map((loss) => ({
      id: loss.id,
      leadId: loss.leadId,
      cause: loss.cause,
      explanation: loss.explanation,
      at: loss.createdAt.toISOString(),
    })),
    conflicts: conflicts.map((conflict) => ({
      id: conflict.id,
      kind: conflict.kind,
      body: conflict.body,
      at: conflict.createdAt.toISOString(),
    })),
    trace,
  };
  return { ...facts, story: tellStory(facts) };
}

/** Arrivals of the visitor, where the record names one; else of the code itself, up to the conversion. */
function capturesOf(
  ctx: Pick<Ctx, 'store'>,
  row: { accountId: string; ref: string | null; createdAt: Date },
  visitorId: string | null,
) {
  if (!visitorId && row.ref === null) return [];
  const who = visitorId ? { visitorId } : { ref: row.ref as string };
  return ctx.store.prisma.capture.findMany({
    where: { accountId: row.accountId, ...who, createdAt: { lte: row.createdAt } },
    orderBy: { id: 'desc' },
    take: CAPTURES_MAX,
  });
}
