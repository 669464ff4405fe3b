import type { Ctx } from '#app/platform/context.server.ts';
import type { ConversionRow, NewConversion } from './rows.server.ts';
import type { StoredConversion } from './store-conversions.server.ts';

/** The externalId was there: the same content is a repeat, other content a conflict that is kept. */
export async function knownConversion(
  ctx: Ctx,
  row: ConversionRow,
  conversion: NewConversion,
): Promise<StoredConversion> {
  const key = { accountId: row.accountId, campaignKey: row.campaignKey, externalId: row.externalId };
  const before = await ctx.store.prisma.conversion.findUniqueOrThrow({
    where: { accountId_campaignKey_externalId: key },
  });
  if (before.contentHash === row.contentHash) {
    const postback = before.postbackId
      ? await ctx.store.prisma.outboxMessage.findUnique({
          where: { id: before.postbackId },
          select: { status: true },
        })
      : null;
    return {
      kind: 'repeat',
      id: before.id,
      postbackId: before.postbackId,
      status: postback?.status ?? 'unattributed',
    };
  }
  await ctx.store.prisma.intakeConflict.create({
    data: {
      id: ctx.newId('cfl'),
      kind: 'conversion',
      subjectId: before.id,
      key: row.externalId,
      body: JSON.stringify(conversion.input),
      createdAt: new Date(ctx.clock.now()),
    },
  });
  return { kind: 'conflict', id: before.id };
}
