import type { RateMoney, RateRow, RateSort } from './refund-rate-schema.ts';

/** Quantile of the normal distribution for 99 % confidence, both ways. */
const Z = 2.5758;
/** With fewer leads, or fewer refunds, a high rate is as likely to be chance. */
export const MIN_LEADS = 30;
export const MIN_REFUNDED = 3;

/**
 * Wilson's interval of a share: where the true share lies with 99 % confidence, when `hits` of `n` were seen. Unlike
 * the simple interval it stays right for few hits and small numbers. 0 to 1; everything is possible where n is 0.
 */
export function wilson(hits: number, n: number, z: number = Z): { lower: number; upper: number } {
  if (n === 0) return { lower: 0, upper: 1 };
  const share = hits / n;
  const zz = z * z;
  const centre = (share + zz / (2 * n)) / (1 + zz / n);
  const reach = (z / (1 + zz / n)) * Math.sqrt((share * (1 - share)) / n + zz / (4 * n * n));
  return {
    lower: hits === 0 ? 0 : Math.max(0, centre - reach),
    upper: hits === n ? 1 : Math.min(1, centre + reach),
  };
}

/** What was counted of one affiliate. */
export interface Counted {
  affiliateId: string | null;
  leads: number;
  refunded: number;
  chargebacks: number;
  frauds: number;
  money: RateMoney[];
}

/** Share and interval of some leads. */
export function shareOf({ leads, refunded }: Pick<Counted, 'leads' | 'refunded'>): {
  rate: number;
  lower: number;
  upper: number;
} {
  return { rate: leads === 0 ? 0 : refunded / leads, ...wilson(refunded, leads) };
}

/**
 * Rates of all affiliates, with those flagged whose refunds cannot be explained by chance: at least 30 leads and 3
 * refunds, and even the lower bound of the rate's 99 % interval lies above the rate of all others together, who must
 * have 30 leads as well. The affiliate itself is left out of the others, so that a large one cannot hide in its own mean.
 */
export function rateAll(all: readonly Counted[]): RateRow[] {
  const leads = all.reduce((sum, one) => sum + one.leads, 0);
  const refunded = all.reduce((sum, one) => sum + one.refunded, 0);
  return all.map((one) => {
    const share = shareOf(one);
    const rest = { leads: leads - one.leads, refunded: refunded - one.refunded };
    const others = rest.leads > 0 ? rest.refunded / rest.leads : null;
    const enough = one.leads >= MIN_LEADS && one.refunded >= MIN_REFUNDED && rest.leads >= MIN_LEADS;
    // a network that does not say whose leads they are has no affiliate to talk to
    const outlier = one.affiliateId !== null && enough && others !== null && share.lower > others;
    return { ...one, ...share, others, outlier };
  });
}

/** Outliers first, each part as asked, highest first; then by affiliate, so that the order is always the same. */
export function inOrder(rows: readonly RateRow[], sort: RateSort): RateRow[] {
  return [...rows].sort(
    (a, b) =>
      Number(b.outlier) - Number(a.outlier) ||
      b[sort] - a[sort] ||
      b.leads - a.leads ||
      ((a.affiliateId ?? '') < (b.affiliateId ?? '') ? -1 : 1),
  );
}
