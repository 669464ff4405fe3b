import { setImmediate } from 'node:timers/promises';
import { recordAudit } from '#app/modules/audit/index.server.ts';
import { refusedInput, requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { RETENTION_DEFAULT_DAYS, retentionSchema } from './retention-schema.ts';

const KEY = 'webhook_retention_days';
const DAY_MS = 86_400_000;
/** A body has up to a megabyte: so few go at once that nobody waits for them. */
const CHUNK = 25;
/** Cleared in one run at most; the rest follows in the next. */
const MOST = 2_000;

/** For how many days bodies and headers of events are kept. */
export async function readRetention({ store }: { store: Conn }): Promise<number> {
  const row = await store.prisma.setting.findUnique({ where: { key: KEY } });
  const parsed = retentionSchema.safeParse({ days: row?.value });
  return parsed.success ? parsed.data.days : RETENTION_DEFAULT_DAYS;
}

/** Sets for how many days bodies and headers are kept. Audited. Throws FORBIDDEN, VALIDATION_ERROR. */
export async function saveRetention(ctx: Ctx, input: { days: unknown; actor: Actor }): Promise<number> {
  requireCan(input.actor, 'manage_settings');
  const parsed = retentionSchema.safeParse({ days: input.days });
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  const { days } = parsed.data;
  const updatedAt = nowOf(ctx);
  await ctx.store.transaction(async (tx) => {
    const before = await readRetention({ store: tx });
    if (before === days) return;
    const value = String(days);
    await tx.prisma.setting.upsert({
      where: { key: KEY },
      create: { key: KEY, value, updatedAt },
      update: { value, updatedAt },
    });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'webhook_retention_changed',
      subjectType: 'setting',
      subjectId: KEY,
      detail: { before, after: days },
    });
  });
  ctx.live.publish('webhooks');
  return days;
}

/**
 * Clears bodies and headers of handled, ignored and refused events that are older than the days that are set, oldest
 * first, in small steps; what an event was and became stays. One that waits or failed keeps its body: it is needed.
 * Answers how many were cleared.
 */
export async function clearOldBodies(ctx: Ctx): Promise<number> {
  const { store } = ctx;
  const { p, time } = store.dialect;
  const now = ctx.clock.now();
  const before = now - (await readRetention(ctx)) * DAY_MS;
  let cleared = 0;
  while (cleared < MOST) {
    // the condition again: one that is being replayed at this moment may have failed meanwhile
    const count = await store.execute(
      `UPDATE "WebhookEvent" SET "body" = '', "bodyEncoding" = 'utf8', "headers" = '[]', "bodyRemovedAt" = ${p(1)}
       WHERE "id" IN (SELECT "id" FROM "WebhookEvent" WHERE "bodyRemovedAt" IS NULL AND "state" IN ('handled', 'ignored', 'refused') AND "receivedAt" < ${p(2)} ORDER BY "receivedAt" LIMIT ${CHUNK})
         AND "bodyRemovedAt" IS NULL AND "state" IN ('handled', 'ignored', 'refused')`,
      time(now),
      time(before),
    );
    cleared += count;
    if (count < CHUNK) break;
    await setImmediate();
  }
  if (cleared > 0) ctx.live.publish('webhooks');
  return cleared;
}
