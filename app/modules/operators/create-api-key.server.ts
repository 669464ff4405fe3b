import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { randomSecret, sha256 } from '#app/platform/crypto.server.ts';
import type { ApiKeyItem } from './list-api-keys.server.ts';
import { refusedInput, requireCan } from './policy.ts';
import { type CreateApiKeyInput, createApiKeySchema } from './schema.ts';

/** What every key of Leadline begins with. */
export const KEY_PREFIX = 'll_';

/**
 * Makes a key of the HTTP API. `key` is in this answer and nowhere else: only its SHA-256 and its last four
 * characters are kept. Throws FORBIDDEN or VALIDATION_ERROR.
 */
export async function createApiKey(
  ctx: Ctx,
  input: CreateApiKeyInput & { actor: Actor },
): Promise<{ key: string; item: ApiKeyItem }> {
  requireCan(input.actor, 'manage_keys');
  const parsed = createApiKeySchema.safeParse(input);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  const { name, scopes } = parsed.data;
  const key = randomSecret(KEY_PREFIX);
  const id = ctx.newId('key');
  const createdAt = nowOf(ctx);
  const hint = key.slice(-4);
  await ctx.store.transaction(async (tx) => {
    const createdBy = input.actor.id;
    await tx.prisma.apiKey.create({
      data: { id, name, hash: sha256(key), hint, scopes: scopes.join(','), createdBy, createdAt },
    });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'api_key_created',
      subjectType: 'api_key',
      subjectId: id,
      detail: { name, scopes, hint },
    });
  });
  ctx.live.publish('keys');
  const item = {
    id,
    name,
    hint,
    scopes,
    createdAt: createdAt.toISOString(),
    lastUsedAt: null,
    revokedAt: null,
  };
  return { key, item };
}
