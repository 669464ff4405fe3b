import { recordAudit } from '#app/modules/audit/index.server.ts';
import { refusedInput, requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { FOUR_EYES_OFF, type FourEyes, fourEyesSchema } from './approval-schema.ts';

const KEY = 'four_eyes';

/** The rule as it holds on this connection. */
export async function fourEyesOf(conn: Conn): Promise<FourEyes> {
  const row = await conn.prisma.setting.findUnique({ where: { key: KEY } });
  return row ? fourEyesSchema.parse(JSON.parse(row.value)) : FOUR_EYES_OFF;
}

/** When a dispute by a person needs another person. */
export const readFourEyes = ({ store }: Pick<Ctx, 'store'>): Promise<FourEyes> => fourEyesOf(store);

/**
 * Saves when a dispute by a person needs another person. It decides about disputes from now on; what waits for
 * approval goes on waiting. Throws FORBIDDEN, VALIDATION_ERROR. Audited.
 */
export async function saveFourEyes(ctx: Ctx, input: { rule: unknown; actor: Actor }): Promise<FourEyes> {
  requireCan(input.actor, 'manage_settings');
  const parsed = fourEyesSchema.safeParse(input.rule);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  const now = nowOf(ctx);
  const value = JSON.stringify(parsed.data);
  await ctx.store.transaction(async (tx) => {
    const before = await fourEyesOf(tx);
    await tx.prisma.setting.upsert({
      where: { key: KEY },
      create: { key: KEY, value, updatedAt: now },
      update: { value, updatedAt: now },
    });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'four_eyes_saved',
      subjectType: 'setting',
      subjectId: KEY,
      detail: { from: before, to: parsed.data },
    });
  });
  ctx.live.publish('leads');
  ctx.live.publish('refunds');
  return parsed.data;
}
