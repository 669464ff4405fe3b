import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { inTurn } from './in-turn.server.ts';
import { anyAtOnce, readOverdue, readReleaseDay } from './payout-days.server.ts';
import { campaignNames, lookUp } from './payout-filter.server.ts';
import { type CalendarMonth, dayIndex, monthOf } from './payout-month.ts';
import { MonthTally } from './payout-month-tally.ts';
import { readRisks } from './payout-risk.server.ts';
import type { Grouping, PayoutCalendar, PayoutDay, PayoutGroup } from './payout-schema.ts';
import type { PartTally } from './payout-tally.ts';
import type { LeadsNarrowing } from './report-filter-schema.ts';
import { shelfOf } from './shelf.server.ts';

type Context = Pick<Ctx, 'store' | 'clock' | 'log'>;
const GROUPS_MAX = 100;

/** What releases in a month, by day, currency, and campaign or affiliate; days are those of `zone`. `reading` says how old it is. */
export async function readPayoutCalendar(
  ctx: Context,
  input: { month: string | null; zone: string; by: Grouping; filter: LeadsNarrowing },
): Promise<PayoutCalendar> {
  const month = monthOf(input.month, nowOf(ctx).getTime(), input.zone);
  const key = `payouts ${input.zone} ${month.key} ${input.by} ${JSON.stringify(input.filter)}`;
  const { value, reading } = await shelfOf(ctx.store).ask(ctx, key, () =>
    readMonth(ctx, month, input.by, input.filter),
  );
  return { ...value, previous: month.previous, next: month.next, reading };
}

type Month = Omit<PayoutCalendar, 'reading' | 'previous' | 'next'>;

async function readMonth(
  ctx: Context,
  month: CalendarMonth,
  by: Grouping,
  narrowing: LeadsNarrowing,
): Promise<Month> {
  const now = nowOf(ctx).getTime();
  const filter = await lookUp(ctx, narrowing);
  const { edges } = month;
  const [start, end] = [edges[0] as number, edges.at(-1) as number];
  const days = edges.slice(0, -1).map((from, i) => ({ from, to: edges[i + 1] as number }));
  const tallies = new MonthTally(days.length, by);
  const atOnce = start <= now && (await anyAtOnce(ctx, start, end));
  await inTurn(
    ctx.store,
    // each day is added up when it comes: all at the end would hold the process
    days.map((day, i) => async () => {
      tallies.releases(i, await readReleaseDay(ctx, { ...day, now, atOnce, by: [by], filter }));
    }),
  );
  const risks = await readRisks(ctx, filter, Math.max(start, now + 1), end);
  for (const risk of risks.leads) tallies.risk(dayIndex(edges, risk.at), risk);
  const groups = await nameGroups(ctx, by, tallies.groups);
  return {
    month: month.key,
    blanks: month.blanks,
    days: days.map(
      ({ from, to }, i): PayoutDay => ({
        key: `${month.key}-${String(i + 1).padStart(2, '0')}`,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        when: to <= now ? 'past' : from <= now ? 'today' : 'coming',
        ...tallies.day(i),
      }),
    ),
    total: tallies.total(),
    overdue: await readOverdue(ctx, filter, now),
    by,
    groups: groups.slice(0, GROUPS_MAX),
    moreGroups: Math.max(0, groups.length - GROUPS_MAX),
    riskCapped: risks.capped,
  };
}

async function nameGroups(
  ctx: Pick<Ctx, 'store'>,
  by: Grouping,
  tallies: ReadonlyMap<string | null, PartTally>,
): Promise<PayoutGroup[]> {
  const names = by === 'campaign' ? await campaignNames(ctx, [...tallies.keys()]) : new Map<string, string>();
  const worth = ({ held, disputing, released }: PayoutGroup): number =>
    held.count + disputing.count + released.count;
  return [...tallies]
    .map(([id, tally]) => ({ id, name: id === null ? null : (names.get(id) ?? null), ...tally.read() }))
    .filter((group) => worth(group) > 0)
    .sort(
      (a, b) => mainMinor(b) - mainMinor(a) || worth(b) - worth(a) || ((a.id ?? '') < (b.id ?? '') ? -1 : 1),
    );
}

/** Money of the currency with most leads: what groups are put in order by. */
const mainMinor = ({ held, released }: PayoutGroup): number =>
  (held.sums[0]?.minor ?? 0) + (released.sums[0]?.minor ?? 0);
