import type { Ctx } from '#app/platform/context.server.ts';

/** An account as Settings shows it: credentials are masked and cannot be read back. Times are UTC, ISO 8601. */
export interface AccountItem {
  id: string;
  name: string;
  connector: string;
  baseUrl: string;
  /** Masked values by the name of their field (RG-09). */
  credentialHints: Record<string, string>;
  /** Comma-separated seconds; null: the installation's or the network's own ladder. */
  retryScheduleSeconds: string | null;
  /** env: follows the environment at every start; settings: made here. */
  origin: 'env' | 'settings';
  updatedAt: string;
}

/** All accounts, in the order they were added. */
export async function listAccounts(ctx: Pick<Ctx, 'store'>): Promise<AccountItem[]> {
  const rows = await ctx.store.prisma.networkAccount.findMany({
    orderBy: { createdAt: 'asc' },
    omit: { credentials: true },
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    connector: row.connector,
    baseUrl: row.baseUrl,
    credentialHints: JSON.parse(row.credentialHints) as Record<string, string>,
    retryScheduleSeconds: row.retryScheduleSeconds,
    origin: row.origin === 'env' ? 'env' : 'settings',
    updatedAt: row.updatedAt.toISOString(),
  }));
}
