import type { Ctx } from '#app/platform/context.server.ts';
import { SCOPES, type Scope } from './schema.ts';

/** An API key as shown in lists; the key itself cannot be shown again. Times are UTC, ISO 8601. */
export interface ApiKeyItem {
  id: string;
  name: string;
  /** The key's last four characters. */
  hint: string;
  scopes: Scope[];
  createdAt: string;
  /** To the minute. */
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** The stored, comma-separated scopes. */
export const scopesOf = (stored: string): Scope[] => {
  const words = stored.split(',');
  return SCOPES.filter((scope) => words.includes(scope));
};

/** All API keys, newest first, revoked ones among them. */
export async function listApiKeys(ctx: Pick<Ctx, 'store'>): Promise<ApiKeyItem[]> {
  const rows = await ctx.store.prisma.apiKey.findMany({ orderBy: { id: 'desc' } });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: scopesOf(row.scopes),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}
