import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { RecordInput } from './schema.ts';

export type SavedRecord =
  | { kind: 'created' | 'repeat'; id: string }
  /** The record already carries another code, which stays; what came is kept for triage. */
  | { kind: 'kept'; id: string; kept: string };

/**
 * Attaches a tracking code to the first durable record (RG-04). The record outranks the cookie, and its first code
 * stays. Durable when this returns; idempotent on (account, type, id).
 */
export async function saveRecord(ctx: Ctx, input: RecordInput & { accountId: string }): Promise<SavedRecord> {
  const where = {
    accountId_type_recordId: { accountId: input.accountId, type: input.type, recordId: input.id },
  };
  const result = await ctx.store.transaction(async (tx): Promise<SavedRecord> => {
    const now = nowOf(ctx);
    const id = ctx.newId('rec');
    const { dialect } = tx;
    const inserted = await tx.execute(
      `INSERT INTO "TrackedRecord" ("id", "accountId", "type", "recordId", "ref", "promo", "visitorId", "createdAt")
       VALUES (${[1, 2, 3, 4, 5, 6, 7, 8].map((n) => dialect.p(n)).join(', ')}) ON CONFLICT ("accountId", "type", "recordId") DO NOTHING`,
      id,
      input.accountId,
      input.type,
      input.id,
      input.ref,
      input.promo ?? null,
      input.visitorId ?? null,
      dialect.time(now),
    );
    if (inserted === 1) return { kind: 'created', id };
    const before = await tx.prisma.trackedRecord.findUniqueOrThrow({
      where,
      select: { id: true, ref: true },
    });
    if (before.ref === input.ref) return { kind: 'repeat', id: before.id };
    await tx.prisma.intakeConflict.create({
      data: {
        id: ctx.newId('cfl'),
        kind: 'record',
        subjectId: before.id,
        key: `${input.type}/${input.id}`,
        body: JSON.stringify(input),
        createdAt: now,
      },
    });
    return { kind: 'kept', id: before.id, kept: before.ref };
  });
  ctx.live.publish('captures');
  return result;
}
