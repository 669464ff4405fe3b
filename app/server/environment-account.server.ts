import { connectorById } from '#app/connectors/registry.server.ts';
import { saveAccount } from '#app/modules/campaigns/index.server.ts';
import { type Ctx, SYSTEM } from '#app/platform/context.server.ts';
import type { Config } from '#app/platform/env.server.ts';

/** With REGATTA_API_KEY set, an account named `regatta` exists from the start and follows the environment. */
export async function ensureEnvironmentAccount(ctx: Ctx, config: Config): Promise<void> {
  if (!config.REGATTA_API_KEY) return;
  const before = await ctx.store.prisma.networkAccount.findUnique({ where: { name: 'regatta' } });
  const apiKey = config.REGATTA_API_KEY;
  if (before && before.origin !== 'env') return;
  const same =
    before &&
    before.baseUrl === config.REGATTA_BASE_URL &&
    (JSON.parse(ctx.vault.open(before.credentials)) as { apiKey?: string }).apiKey === apiKey;
  if (same) return;
  await saveAccount(ctx, {
    ...(before ? { id: before.id } : {}),
    account: {
      name: 'regatta',
      connector: 'regatta',
      baseUrl: config.REGATTA_BASE_URL,
      credentials: { apiKey },
      retryScheduleSeconds: before?.retryScheduleSeconds ?? null,
    },
    connector: connectorById('regatta'),
    origin: 'env',
    actor: SYSTEM,
  });
}
