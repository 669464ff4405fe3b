import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { anyAtOnce, readReleaseDay } from './payout-days.server.ts';
import { campaignNames, lookUp } from './payout-filter.server.ts';
import { monthOf } from './payout-month.ts';
import { readRisks } from './payout-risk.server.ts';
import type { LeadsNarrowing } from './report-filter-schema.ts';

type Context = Pick<Ctx, 'store' | 'clock'>;

/** What one day releases of one state, currency, campaign and affiliate. */
export interface PayoutLine {
  /** "2026-11-20", in the reader's zone. */
  day: string;
  state: 'held' | 'in dispute' | 'released';
  currency: string | null;
  campaignId: string | null;
  campaignName: string | null;
  affiliateId: string | null;
  leads: number;
  /** Leads whose payout is not known; not in `minor`. */
  unknown: number;
  minor: number;
  /** Of `leads`: with assumed holding days; with a refund that waits for a decision, and their payout. */
  assumed: number;
  atRisk: number;
  atRiskMinor: number;
}

const keyOf = (of: Pick<PayoutLine, 'currency' | 'campaignId' | 'affiliateId'>): string =>
  JSON.stringify([of.currency, of.campaignId, of.affiliateId]);

/** The payout calendar of a month, day by day in full detail: answers a function that reads day `i`, null past the end. */
export async function readPayoutLines(
  ctx: Context,
  input: { month: string | null; zone: string; filter: LeadsNarrowing },
): Promise<(i: number) => Promise<PayoutLine[] | null>> {
  const now = nowOf(ctx).getTime();
  const month = monthOf(input.month, now, input.zone);
  const filter = await lookUp(ctx, input.filter);
  const [start, end] = [month.edges[0] as number, month.edges.at(-1) as number];
  const atOnce = start <= now && (await anyAtOnce(ctx, start, end));
  return async (i) => {
    const [from, to] = [month.edges[i], month.edges[i + 1]];
    if (from === undefined || to === undefined) return null;
    const day = `${month.key}-${String(i + 1).padStart(2, '0')}`;
    const rows = await readReleaseDay(ctx, { from, to, now, atOnce, by: ['campaign', 'affiliate'], filter });
    const lines = new Map<string, PayoutLine>();
    const lineOf = (
      state: PayoutLine['state'],
      of: Pick<PayoutLine, 'currency' | 'campaignId' | 'affiliateId'>,
    ): PayoutLine => {
      const key = `${state} ${keyOf(of)}`;
      const { currency, campaignId, affiliateId } = of;
      const line = lines.get(key) ?? {
        day,
        state,
        currency,
        campaignId,
        campaignName: null,
        affiliateId,
        ...{ leads: 0, unknown: 0, minor: 0, assumed: 0, atRisk: 0, atRiskMinor: 0 },
      };
      lines.set(key, line);
      return line;
    };
    for (const [state, part] of [
      ['released', rows.released],
      ['released', rows.atOnce],
      ['held', rows.held],
    ] as const)
      for (const row of part) {
        const line = lineOf(state, row);
        line.leads += row.count;
        line.unknown += row.count - row.known;
        line.minor += row.minor;
        line.assumed += row.assumed;
      }
    const { leads } = to > now ? await readRisks(ctx, filter, Math.max(from, now + 1), to) : { leads: [] };
    for (const risk of leads) {
      const held = lineOf('held', risk);
      const known = risk.minor !== null && risk.currency !== null;
      if (!risk.disputing) {
        held.atRisk += 1;
        held.atRiskMinor += known ? (risk.minor ?? 0) : 0;
        continue;
      }
      for (const [line, sign] of [[held, -1] as const, [lineOf('in dispute', risk), 1] as const]) {
        line.leads += sign;
        if (known) line.minor += sign * (risk.minor ?? 0);
        else line.unknown += sign;
      }
    }
    const named = [...lines.values()].filter((line) => line.leads > 0);
    const names = await campaignNames(
      ctx,
      named.map((line) => line.campaignId),
    );
    return named.map((line) => ({
      ...line,
      campaignName: (line.campaignId && names.get(line.campaignId)) || null,
    }));
  };
}
