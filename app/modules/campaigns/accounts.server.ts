import type { ConnectorAccount } from '#app/connectors/types.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';

/** An account as delivery needs it: credentials opened. Never sent to a page. */
export interface OpenAccount extends ConnectorAccount {
  id: string;
  name: string;
  connector: string;
  status: string;
  retryScheduleSeconds: readonly number[] | null;
}

export interface AccountBook {
  byId(id: string): Promise<OpenAccount>;
  /** By the name that API callers use (`network`). Throws VALIDATION_ERROR naming the accounts there are. */
  idByName(name: string): Promise<string>;
  all(): Promise<OpenAccount[]>;
}

/**
 * Accounts with their credentials opened, kept in memory until `ctx.live` says that accounts changed (and for no
 * longer than five seconds, for changes made by another process whose notice was lost).
 */
export function createAccountBook(ctx: Ctx): AccountBook {
  let loaded: Promise<OpenAccount[]> | null = null;
  let loadedAt = 0;
  ctx.live.subscribe((topic) => {
    if (topic === 'accounts') loaded = null;
  });
  const load = async (): Promise<OpenAccount[]> => {
    const rows = await ctx.store.prisma.networkAccount.findMany({ orderBy: { createdAt: 'asc' } });
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      connector: row.connector,
      status: row.status,
      baseUrl: row.baseUrl,
      credentials: JSON.parse(ctx.vault.open(row.credentials)) as Record<string, string>,
      retryScheduleSeconds: row.retryScheduleSeconds ? row.retryScheduleSeconds.split(',').map(Number) : null,
    }));
  };
  const all = (): Promise<OpenAccount[]> => {
    if (!loaded || performance.now() - loadedAt > 5000) {
      loadedAt = performance.now();
      const attempt = load();
      loaded = attempt;
      attempt.catch(() => {
        if (loaded === attempt) loaded = null;
      });
    }
    return loaded;
  };
  return {
    all,
    async byId(id) {
      const found = (await all()).find((account) => account.id === id);
      if (!found) throw new AppError('NOT_FOUND', `There is no account with the id ${id}.`);
      return found;
    },
    async idByName(name) {
      const accounts = await all();
      const found = accounts.find((account) => account.name === name);
      if (found) return found.id;
      const known = accounts.map((account) => account.name).join(', ') || 'none yet: add one in Settings';
      const message = `No account is named "${name}". Known: ${known}.`;
      throw new AppError('VALIDATION_ERROR', message, { details: [{ path: 'network', message }] });
    },
  };
}
