import type { LossCampaign, LossMonth } from '#app/modules/disputes/list-losses-schema.ts';

/** A bar above the table of losses: a month or a campaign. Money is minor units. */
export interface LossBar {
  key: string;
  label: string;
  count: number;
  sums: { currency: string; minor: number }[];
  /** 0 to 1 of the dearest, in the currency in which most was lost. */
  share: number;
}

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Nov 2026" of "2026-11". */
export const monthName = (key: string): string =>
  `${NAMES[Number(key.slice(5, 7)) - 1] ?? '?'} ${key.slice(0, 4)}`;

/** Shares of the dearest one, in the currency that most was lost in: sums of several cannot be compared. */
function shared(bars: readonly Omit<LossBar, 'share'>[]): LossBar[] {
  const totals = new Map<string, number>();
  for (const { currency, minor } of bars.flatMap((bar) => bar.sums))
    totals.set(currency, (totals.get(currency) ?? 0) + minor);
  const main = [...totals].sort((a, b) => b[1] - a[1])[0]?.[0];
  const inMain = ({ sums }: Omit<LossBar, 'share'>): number =>
    sums.find((sum) => sum.currency === main)?.minor ?? 0;
  const most = Math.max(1, ...bars.map(inMain));
  return bars.map((bar) => ({ ...bar, share: inMain(bar) / most }));
}

/** Months from the first loss on. */
export function monthBars(months: readonly LossMonth[]): LossBar[] {
  const first = months.findIndex((month) => month.count > 0);
  return first < 0
    ? []
    : shared(months.slice(first).map((month) => ({ ...month, label: monthName(month.key) })));
}

/** Campaigns as they come, the dearest first. The key of an unknown one is empty. */
export const campaignBars = (campaigns: readonly LossCampaign[]): LossBar[] =>
  shared(
    campaigns.map(({ campaign, name, count, sums }) => ({
      key: campaign ?? '',
      label: name ?? campaign ?? 'Unknown campaign',
      count,
      sums,
    })),
  );
