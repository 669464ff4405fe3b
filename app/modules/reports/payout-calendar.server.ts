import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { inTurn } from './in-turn.server.ts';
import { anyAtOnce, readOverdue, readReleaseDay } from './payout-days.server.ts';
import { campaignNames, keepFor, lookUp } from './payout-filter.server.ts';
import { type CalendarMonth, dayIndex, monthOf } from './payout-month.ts';
import { type RiskyLead, readRisks } from './payout-risk.server.ts';
import type { Grouping, PayoutCalendar, PayoutDay, PayoutGroup } from './payout-schema.ts';
import { type Entry, PartTally } from './payout-tally.ts';
import { remember } from './remember.server.ts';
import type { LeadsNarrowing } from './report-filter-schema.ts';

type Context = Pick<Ctx, 'store' | 'clock'>;
const GROUPS_MAX = 100;

/** What releases in a month, by day, currency, and campaign or affiliate; days are those of `zone`. Some seconds old at most, a minute where it costs much. */
export function readPayoutCalendar(
  ctx: Context,
  input: { month: string | null; zone: string; by: Grouping; filter: LeadsNarrowing },
): Promise<PayoutCalendar> {
  const month = monthOf(input.month, nowOf(ctx).getTime(), input.zone);
  const key = `payouts ${input.zone} ${month.key} ${input.by} ${JSON.stringify(input.filter)}`;
  return remember(ctx.store, key, keepFor, () => readMonth(ctx, month, input.by, input.filter));
}

async function readMonth(
  ctx: Context,
  month: CalendarMonth,
  by: Grouping,
  narrowing: LeadsNarrowing,
): Promise<PayoutCalendar> {
  const now = nowOf(ctx).getTime();
  const filter = await lookUp(ctx, narrowing);
  const { edges } = month;
  const [start, end] = [edges[0] as number, edges.at(-1) as number];
  const days = edges.slice(0, -1).map((from, i) => ({ from, to: edges[i + 1] as number }));
  const atOnce = start <= now && (await anyAtOnce(ctx, start, end));
  const rows = await inTurn(
    ctx.store,
    days.map((day) => () => readReleaseDay(ctx, { ...day, now, atOnce, by: [by], filter })),
  );
  const risks = await readRisks(ctx, filter, Math.max(start, now + 1), end);
  const tallies = { days: days.map(() => new PartTally()), groups: new Map<string | null, PartTally>() };
  const total = new PartTally();
  const group = (of: { campaignId: string | null; affiliateId: string | null }): PartTally => {
    const id = by === 'campaign' ? of.campaignId : of.affiliateId;
    const tally = tallies.groups.get(id) ?? new PartTally();
    tallies.groups.set(id, tally);
    return tally;
  };
  for (const [i, { held, released, atOnce }] of rows.entries())
    for (const [state, list] of [['held', held] as const, ['released', [...released, ...atOnce]] as const])
      for (const row of list)
        for (const tally of [tallies.days[i], group(row), total]) tally?.[state].add(row);
  for (const risk of risks.leads) {
    for (const tally of [tallies.days[dayIndex(edges, risk.at)], group(risk), total])
      if (tally) note(tally, risk);
  }
  const assumedOf = (i: number) => (rows[i]?.held ?? []).reduce((sum, row) => sum + row.assumed, 0);
  const groups = await nameGroups(ctx, by, tallies.groups);
  return {
    month: month.key,
    previous: month.previous,
    next: month.next,
    blanks: month.blanks,
    days: days.map(
      ({ from, to }, i): PayoutDay => ({
        key: `${month.key}-${String(i + 1).padStart(2, '0')}`,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        when: to <= now ? 'past' : from <= now ? 'today' : 'coming',
        ...(tallies.days[i] as PartTally).read(),
        assumed: assumedOf(i),
      }),
    ),
    total: {
      ...total.read(),
      assumed: days.reduce((sum, _, i) => sum + assumedOf(i), 0),
      atOnce: rows.flatMap((day) => day.atOnce).reduce((sum, row) => sum + row.count, 0),
    },
    overdue: await readOverdue(ctx, filter, now),
    by,
    groups: groups.slice(0, GROUPS_MAX),
    moreGroups: Math.max(0, groups.length - GROUPS_MAX),
    riskCapped: risks.capped,
  };
}

/** A lead in dispute is not counted as paid; one whose refund waits is marked within what is. */
function note(tally: PartTally, risk: RiskyLead): void {
  const entry: Entry = {
    currency: risk.currency,
    count: 1,
    known: risk.minor === null ? 0 : 1,
    minor: risk.minor ?? 0,
  };
  if (risk.disputing) {
    tally.held.take(entry);
    tally.disputing.add(entry);
  } else tally.atRisk.add(entry);
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
