import { Banknote, Gavel, TriangleAlert, Undo2 } from 'lucide-react';
import type { RefundRateReport } from '#app/modules/reports/refund-rate-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Stat, StatStrip } from '#app/ui/stat-strip.tsx';
import { moneyWords, shareWords } from '../_console.reports/sums.tsx';
import { moneyShares } from './columns.tsx';

/** Four numbers of the whole time: by count, by money, chargebacks, outliers. */
export function RateFigures({ report }: { report: RefundRateReport }) {
  const { total, outliers } = report;
  const refunded = total.money
    .filter(({ refundedMinor }) => refundedMinor > 0)
    .map(({ currency, refundedMinor }) => ({ currency, minor: refundedMinor }));
  const [first, ...rest] = total.money.filter(({ minor }) => minor > 0);
  return (
    <StatStrip>
      <Stat
        meaning="neutral"
        icon={Undo2}
        question="Refunded, by count"
        value={shareWords(total.rate)}
        unit={`of ${formatCount(total.leads)} ${total.leads === 1 ? 'lead' : 'leads'}`}
        detail={`${formatCount(total.refunded)} ${total.refunded === 1 ? 'lead' : 'leads'}`}
      />
      <Stat
        meaning="neutral"
        icon={Banknote}
        question="Refunded, by money"
        value={first ? shareWords(first.refundedMinor / first.minor) : '0 %'}
        unit={first ? `of ${first.currency} payouts` : 'of payouts'}
        money={moneyWords({ sums: refunded, unknown: 0 }, true)}
        detail={moneyShares(rest) || undefined}
      />
      <Stat
        meaning="neutral"
        icon={Gavel}
        question="Chargebacks"
        value={formatCount(total.chargebacks)}
        unit={total.leads > 0 ? shareWords(total.chargebacks / total.leads) : ''}
        detail={
          total.frauds > 0 ? `and ${formatCount(total.frauds)} reported as fraud` : 'none reported as fraud'
        }
      />
      <Stat
        meaning={outliers > 0 ? 'needs' : 'good'}
        icon={TriangleAlert}
        question="Outliers"
        value={formatCount(outliers)}
        unit={outliers === 1 ? 'affiliate' : 'affiliates'}
        detail="more refunds than chance explains"
      />
    </StatStrip>
  );
}
