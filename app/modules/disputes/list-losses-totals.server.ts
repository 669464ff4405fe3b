import { setImmediate as breathe } from 'node:timers/promises';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { remember } from '#app/platform/remember.server.ts';
import { lossIdAt } from './list-losses-find.server.ts';
import {
  cellsOf,
  type LossCampaign,
  type LossCell,
  type LossChoice,
  type LossMonth,
  type LossTotal,
  totalOf,
  totalsBy,
} from './list-losses-schema.ts';
import { lastMonths } from './months.ts';

type Read = Pick<Ctx, 'store' | 'clock'>;

/** Months that are told apart; what was lost before is in none of them. */
export const LOSS_MONTHS = 12;
/** Losses that one statement sums in their index: some milliseconds on SQLite, which holds the process meanwhile. */
const STEP = 5_000;
/** Kept ten times as long as the reading took, a minute at most: it never takes more than a tenth of the time. */
const KEPT_MAX_MS = 60_000;

/** All losses by month of the zone, cause, currency and campaign. Read in steps, between which others are let in. */
function readLossCells(ctx: Read, zone: string): Promise<LossCell[]> {
  const months = lastMonths(nowOf(ctx).getTime(), zone, LOSS_MONTHS);
  const last = months.at(-1)?.key ?? '';
  return remember(
    ctx.store,
    `losses ${zone} ${last}`,
    (took) => Math.min(KEPT_MAX_MS, took * 10),
    async () => {
      const first = months[0]?.startsAt ?? 0;
      const slices = [
        { key: null, startsAt: 0, endsAt: first },
        ...months.map(({ key, startsAt, endsAt }) => ({ key, startsAt, endsAt })),
      ];
      const cells: LossCell[] = [];
      for (const slice of slices) cells.push(...(await readSlice(ctx, slice)));
      return cells;
    },
  );
}

interface Row {
  cause: string;
  currency: string | null;
  campaign: string | null;
  n: number | bigint;
  minor: number | bigint | string | null;
  last: string;
}

async function readSlice(
  { store }: Read,
  slice: { key: string | null; startsAt: number; endsAt: number },
): Promise<LossCell[]> {
  const { p } = store.dialect;
  const cells = new Map<string, LossCell>();
  const end = lossIdAt(slice.endsAt);
  for (let from = lossIdAt(slice.startsAt); ; ) {
    await breathe();
    const rows = await store.query<Row>(
      `SELECT "cause", "currency", "networkCampaignId" AS "campaign", count(*) AS "n", sum("payoutCents") AS "minor", max("id") AS "last"
       FROM (SELECT "id", "cause", "currency", "networkCampaignId", "payoutCents" FROM "Loss" WHERE "id" > ${p(1)} AND "id" < ${p(2)} ORDER BY "id" LIMIT ${STEP}) x
       GROUP BY "cause", "currency", "networkCampaignId"`,
      from,
      end,
    );
    let read = 0;
    for (const { last, n, minor, ...of } of rows) {
      const key = JSON.stringify([of.cause, of.currency, of.campaign]);
      const cell = cells.get(key) ?? { month: slice.key, ...of, count: 0, minor: 0 };
      cells.set(key, { ...cell, count: cell.count + Number(n), minor: cell.minor + Number(minor ?? 0) });
      read += Number(n);
      if (last > from) from = last;
    }
    if (read < STEP) return [...cells.values()];
  }
}

/** What was lost in each of the last twelve months, by when it was lost; oldest first, months without a loss included. */
export async function readLossesByMonth(
  ctx: Read,
  { zone, ...choice }: { zone: string } & Omit<LossChoice, 'month'>,
): Promise<LossMonth[]> {
  const cells = cellsOf(await readLossCells(ctx, zone), choice);
  return lastMonths(nowOf(ctx).getTime(), zone, LOSS_MONTHS).map(({ key }) => ({
    key,
    ...totalOf(cells.filter((cell) => cell.month === key)),
  }));
}

/** Where it was lost: campaigns by money in the currency most was lost in, then by how many. */
export async function readLossesByCampaign(
  ctx: Read,
  { zone, ...choice }: { zone: string } & Omit<LossChoice, 'campaign'>,
): Promise<LossCampaign[]> {
  const cells = cellsOf(await readLossCells(ctx, zone), choice);
  const main = totalOf(cells).sums[0]?.currency;
  const inMain = ({ sums }: LossTotal) => sums.find((sum) => sum.currency === main)?.minor ?? 0;
  const groups = totalsBy(cells, 'campaign').sort(
    (a, b) => inMain(b.total) - inMain(a.total) || b.total.count - a.total.count,
  );
  const names = await campaignNames(
    ctx,
    groups.flatMap(({ key }) => key ?? []),
  );
  return groups.map(({ key, total }) => ({
    campaign: key,
    name: key === null ? null : (names.get(key) ?? null),
    ...total,
  }));
}

/** What was lost of a choice, and by each cause of what else was chosen. */
export interface LossFigures {
  total: LossTotal;
  causes: (LossTotal & { cause: string })[];
  /** Of all losses, the one most was lost in first. */
  currencies: string[];
  /** The campaign chosen, by name; its id where it has none. */
  campaignName: string | null;
}

/** The figures of a page of losses: its sum, its causes, its currencies. */
export async function readLossFigures(
  ctx: Read,
  { zone, ...choice }: { zone: string } & LossChoice,
): Promise<LossFigures> {
  const cells = await readLossCells(ctx, zone);
  const { campaign } = choice;
  const names = await campaignNames(ctx, campaign === undefined ? [] : [campaign]);
  return {
    total: totalOf(cellsOf(cells, choice)),
    causes: totalsBy(cellsOf(cells, choice, 'cause'), 'cause').map(({ key, total }) => ({
      cause: key,
      ...total,
    })),
    currencies: totalOf(cells).sums.map((sum) => sum.currency),
    campaignName: campaign === undefined ? null : (names.get(campaign) ?? campaign),
  };
}

/** Campaigns that are asked for by name in one statement. */
const NAMED = 1_000;

async function campaignNames(ctx: Pick<Ctx, 'store'>, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.store.prisma.campaign.findMany({
    where: { networkCampaignId: { in: ids.slice(0, NAMED) } },
    select: { networkCampaignId: true, name: true },
  });
  return new Map(rows.flatMap((row) => (row.name === null ? [] : [[row.networkCampaignId, row.name]])));
}
