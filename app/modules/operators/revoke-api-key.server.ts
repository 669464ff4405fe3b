import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { requireCan } from './policy.ts';

/**
 * Revokes an API key for ever; a key revoked before stays as it is. Every process stops taking it at once where
 * notices reach it, and after five seconds anyway. Throws FORBIDDEN or NOT_FOUND.
 */
export async function revokeApiKey(ctx: Ctx, input: { id: string; actor: Actor }): Promise<void> {
  requireCan(input.actor, 'manage_keys');
  await ctx.store.transaction(async (tx) => {
    const { count } = await tx.prisma.apiKey.updateMany({
      where: { id: input.id, revokedAt: null },
      data: { revokedAt: nowOf(ctx) },
    });
    const key = await tx.prisma.apiKey.findUnique({ where: { id: input.id } });
    if (key === null) throw new AppError('NOT_FOUND', 'There is no such API key. Load the page again.');
    if (count === 0) return;
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'api_key_revoked',
      subjectType: 'api_key',
      subjectId: key.id,
      detail: { name: key.name, hint: key.hint },
    });
  });
  ctx.live.publish('keys');
}
