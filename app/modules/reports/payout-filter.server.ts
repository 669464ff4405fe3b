import type { Ctx } from '#app/platform/context.server.ts';
import type { Dialect } from '#app/platform/db/dialect.server.ts';
import type { LeadsNarrowing } from './report-filter-schema.ts';

/** A filter whose networks have been looked up. */
export interface NarrowedLeads extends Omit<LeadsNarrowing, 'network'> {
  accountIds: readonly string[] | null;
}

/** Looks up the accounts that a filter names; an unknown name finds nothing. */
export async function lookUp(ctx: Pick<Ctx, 'store'>, filter: LeadsNarrowing): Promise<NarrowedLeads> {
  const { network, ...rest } = filter;
  if (network.length === 0) return { ...rest, accountIds: null };
  const accounts = await ctx.store.prisma.networkAccount.findMany({
    where: { name: { in: [...network] } },
    select: { id: true },
  });
  return { ...rest, accountIds: accounts.map(({ id }) => id) };
}

/** Collects conditions and their arguments, in the order in which they stand in the statement. */
export class Where {
  readonly parts: string[] = [];
  readonly args: unknown[] = [];
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** `write` gets the argument's placeholder. */
  add(write: (p: string) => string, value: unknown): this {
    this.parts.push(write(this.#dialect.p(this.args.push(value))));
    return this;
  }

  /** `from` ≤ column < `to`, in ms since 1970. */
  within(column: string, from: number, to: number): this {
    this.add((p) => `${column} >= ${p}`, this.#dialect.time(from));
    return this.add((p) => `${column} < ${p}`, this.#dialect.time(to));
  }

  oneOf(column: string, values: readonly string[]): this {
    this.parts.push(this.#dialect.inList(column, this.args.push(JSON.stringify(values))));
    return this;
  }

  /** Conditions of a filter on the leads called `alias`; only columns that the reports' indexes hold. */
  leads(alias: string, filter: NarrowedLeads): this {
    if (filter.accountIds) this.oneOf(`${alias}."accountId"`, filter.accountIds);
    if (filter.campaign.length > 0) this.oneOf(`${alias}."networkCampaignId"`, filter.campaign);
    if (filter.affiliate !== null) this.add((p) => `${alias}."affiliateId" = ${p}`, filter.affiliate);
    if (filter.currency !== null) this.add((p) => `${alias}."currency" = ${p}`, filter.currency);
    return this;
  }

  get sql(): string {
    return this.parts.length === 0 ? '1 = 1' : this.parts.join(' AND ');
  }
}

/** What a lead pays: the network's word, else what is expected (RG-22). */
export const PAYS = `COALESCE(l."payoutCents", l."expectedCents")`;

export type Num = number | bigint | null;
export const num = (value: Num): number => Number(value ?? 0);

/** A time as `Store.beside` gives it. */
export type Time = Date | number | bigint;
export const ms = (time: Time): number => (time instanceof Date ? time.getTime() : Number(time));

/** Names of campaigns by the network's id, for those that are known. */
export async function campaignNames(
  ctx: Pick<Ctx, 'store'>,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const rows = await ctx.store.query<{ networkCampaignId: string; name: string | null }>(
    `SELECT "networkCampaignId", "name" FROM "Campaign" WHERE ${ctx.store.dialect.inList('"networkCampaignId"', 1)}`,
    JSON.stringify(known),
  );
  return new Map(rows.flatMap(({ networkCampaignId, name }) => (name ? [[networkCampaignId, name]] : [])));
}

/** How long numbers that change slowly are remembered: a hundred times as long as they took, two minutes at most. */
export const keepLong = (tookMs: number): number => Math.min(120_000, tookMs * 100);
