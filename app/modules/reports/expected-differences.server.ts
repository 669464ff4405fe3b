import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { DifferenceSum, DifferingLead } from './expected-schema.ts';
import { differenceOf, hundredfoldSql } from './expected-units.ts';
import { campaignNames, lookUp, ms, type Num, num, type Time, Where } from './payout-filter.server.ts';
import type { AskedTime, Reading } from './reading-schema.ts';
import type { LeadsNarrowing } from './report-filter-schema.ts';
import { shelfOf } from './shelf.server.ts';

type Context = Pick<Ctx, 'store' | 'clock' | 'log'>;
/** As the partial index Lead_differs_idx says it, word for word: else the stores do not use it (RG-22). */
const DIFFERS = `("payoutCents" - "expectedCents" > 1 OR "expectedCents" - "payoutCents" > 1)`;
const PAID_HUNDREDFOLD = hundredfoldSql('"payoutCents"', '"expectedCents"');
const PAID_HUNDREDTH = hundredfoldSql('"expectedCents"', '"payoutCents"');

export interface DifferenceQuery {
  /** Leads opened between, in ms since 1970; null: no bound. */
  from: number | null;
  to: number | null;
  filter: LeadsNarrowing;
  /** Only those that differ by a factor of 100. */
  hundredfold: boolean;
}

interface Cursor {
  at: number;
  id: string;
}

const writeCursor = (row: { createdAt: Time; id: string }): string => `${ms(row.createdAt)}.${row.id}`;

function readCursor(text: string | undefined): Cursor | null {
  const match = /^(\d{1,15})\.(led_[0-9A-Z]{1,40})$/.exec(text ?? '');
  return match ? { at: Number(match[1]), id: match[2] as string } : null;
}

async function conditionsOf(ctx: Context, query: DifferenceQuery): Promise<Where> {
  const { dialect } = ctx.store;
  const where = new Where(dialect);
  where.parts.push(DIFFERS);
  if (query.from !== null) where.add((p) => `l."createdAt" >= ${p}`, dialect.time(query.from));
  if (query.to !== null) where.add((p) => `l."createdAt" < ${p}`, dialect.time(query.to));
  where.leads('l', await lookUp(ctx, query.filter));
  if (query.hundredfold) where.parts.push(`(${PAID_HUNDREDFOLD} OR ${PAID_HUNDREDTH})`);
  return where;
}

/** One page of leads that pay otherwise than expected, newest first: walks the index of those alone. */
export async function listDifferences(
  ctx: Context,
  query: DifferenceQuery & { limit: number; after?: string | undefined; before?: string | undefined },
): Promise<{ items: DifferingLead[]; nextAfter: string | null; prevBefore: string | null }> {
  const { dialect } = ctx.store;
  const back = query.before !== undefined;
  const cursor = readCursor(query.before ?? query.after);
  const where = await conditionsOf(ctx, query);
  const [sign, order] = back ? ['>', 'ASC'] : ['<', 'DESC'];
  if (cursor) {
    where.add((p) => `l."createdAt" ${sign}= ${p}`, dialect.time(cursor.at));
    where.add((p) => `(l."createdAt" ${sign} ${p}`, dialect.time(cursor.at));
    where.parts[where.parts.length - 1] += ` OR l."id" ${sign} ${dialect.p(where.args.push(cursor.id))})`;
  }
  const found = await ctx.store.beside<{ id: string; createdAt: Time }>(
    `SELECT l."id", l."createdAt" FROM "Lead" l WHERE ${where.sql} ORDER BY l."createdAt" ${order}, l."id" ${order} LIMIT ${query.limit + 1}`,
    ...where.args,
  );
  const more = found.length > query.limit;
  const page = found.slice(0, query.limit);
  if (back) page.reverse();
  const [first, last] = [page.at(0), page.at(-1)];
  return {
    items: await readDiffering(
      ctx,
      page.map(({ id }) => id),
    ),
    nextAfter: last && (back || more) ? writeCursor(last) : null,
    prevBefore: first && (back ? more : cursor !== null) ? writeCursor(first) : null,
  };
}

const SHOWN = {
  id: true,
  accountId: true,
  conversionId: true,
  networkCampaignId: true,
  affiliateId: true,
  externalId: true,
  currency: true,
  expectedCents: true,
  payoutCents: true,
  createdAt: true,
} as const;

async function readDiffering(ctx: Context, ids: readonly string[]): Promise<DifferingLead[]> {
  const { prisma } = ctx.store;
  const leads = await prisma.lead.findMany({ where: { id: { in: [...ids] } }, select: SHOWN });
  const [accounts, conversions, names] = await Promise.all([
    prisma.networkAccount.findMany({ select: { id: true, name: true } }),
    prisma.conversion.findMany({
      where: { id: { in: leads.map((lead) => lead.conversionId) } },
      select: { id: true, revenueCents: true, currency: true },
    }),
    campaignNames(
      ctx,
      leads.map((lead) => lead.networkCampaignId),
    ),
  ]);
  const [byId, network] = [
    new Map(leads.map((lead) => [lead.id, lead])),
    new Map(accounts.map((a) => [a.id, a.name])),
  ];
  const orders = new Map(conversions.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const lead = byId.get(id);
    if (!lead || lead.expectedCents === null || lead.payoutCents === null) return [];
    const [expectedCents, payoutCents] = [Number(lead.expectedCents), Number(lead.payoutCents)];
    const kind = differenceOf(expectedCents, payoutCents);
    // it may have been put right since it was found
    if (kind === null) return [];
    const order = orders.get(lead.conversionId);
    const revenueCents = order?.revenueCents ?? null;
    return [
      {
        id,
        externalId: lead.externalId,
        network: network.get(lead.accountId) ?? 'unknown',
        campaignId: lead.networkCampaignId,
        campaignName: (lead.networkCampaignId && names.get(lead.networkCampaignId)) || null,
        affiliateId: lead.affiliateId,
        currency: lead.currency,
        revenueCents: numberOrNull(revenueCents),
        revenueCurrency: order?.currency ?? null,
        expectedCents,
        payoutCents,
        kind,
        createdAt: lead.createdAt.toISOString(),
      },
    ];
  });
}

/** The same leads by campaign and currency, most leads first. `reading` says how old the sums are. */
export async function readDifferenceSums(
  ctx: Context,
  query: Omit<DifferenceQuery, 'from' | 'to'> & { time: AskedTime },
): Promise<{ sums: DifferenceSum[]; reading: Reading }> {
  const { time, filter, hundredfold } = query;
  const key = `differences ${time.key} ${hundredfold} ${JSON.stringify(filter)}`;
  const { value, reading } = await shelfOf(ctx.store).ask(ctx, key, () =>
    sumUp(ctx, { ...time.bounds(nowOf(ctx).getTime()), filter, hundredfold }),
  );
  return { sums: value, reading };
}

interface SumRow {
  networkCampaignId: string | null;
  currency: string | null;
  n: Num;
  expected: Num;
  actual: Num;
  hundredfold: Num;
  hundredth: Num;
}

async function sumUp(ctx: Context, query: DifferenceQuery): Promise<DifferenceSum[]> {
  const where = await conditionsOf(ctx, query);
  const rows = await ctx.store.beside<SumRow>(
    `SELECT l."networkCampaignId", l."currency", count(*) AS "n", CAST(sum(l."expectedCents") AS BIGINT) AS "expected", CAST(sum(l."payoutCents") AS BIGINT) AS "actual",
       sum(CASE WHEN ${PAID_HUNDREDFOLD} THEN 1 ELSE 0 END) AS "hundredfold", sum(CASE WHEN ${PAID_HUNDREDTH} THEN 1 ELSE 0 END) AS "hundredth"
     FROM "Lead" l WHERE ${where.sql} GROUP BY l."networkCampaignId", l."currency"`,
    ...where.args,
  );
  const names = await campaignNames(
    ctx,
    rows.map((row) => row.networkCampaignId),
  );
  return rows
    .map(
      ({ networkCampaignId, ...row }): DifferenceSum => ({
        campaignId: networkCampaignId,
        campaignName: (networkCampaignId && names.get(networkCampaignId)) || null,
        currency: row.currency,
        count: num(row.n),
        expectedMinor: num(row.expected),
        actualMinor: num(row.actual),
        hundredfold: num(row.hundredfold),
        hundredth: num(row.hundredth),
      }),
    )
    .sort((a, b) => b.count - a.count || ((a.campaignId ?? '') < (b.campaignId ?? '') ? -1 : 1));
}
