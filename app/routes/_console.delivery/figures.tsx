import { Gauge, Hourglass, Send, Target } from 'lucide-react';
import type { DeliveryReport } from '#app/modules/metrics/delivery-schema.ts';
import { formatCount, formatMs } from '#app/platform/time-format.ts';
import type { Meaning } from '#app/ui/meaning.ts';
import { Stat, StatStrip } from '#app/ui/stat-strip.tsx';

/** "97.2 %", rounded down: 100 % means all of them. Null where there is nothing to divide. */
export function share(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const value = Math.floor((part / whole) * 1000) / 10;
  return `${value === 100 ? '100' : value.toFixed(1)} %`;
}

/** Under this share of first tries something is wrong. */
const WEAK_SHARE = 0.9;

/** Four numbers of the whole stretch of time. */
export function Figures({ report }: { report: DeliveryReport }) {
  const { total, bars } = report;
  const first = share(total.firstSuccesses, total.firstTries);
  const weak = total.firstTries > 0 && total.firstSuccesses / total.firstTries < WEAK_SHARE;
  const meaning: Meaning = first === null ? 'neutral' : weak ? 'needs' : 'good';
  const notAccepted = total.retryable + total.rejected + total.interrupted;
  return (
    <StatStrip>
      <Stat
        meaning={meaning}
        icon={Target}
        question="Accepted at first try"
        value={first ?? 'none'}
        unit={first === null ? 'tried yet' : `of ${formatCount(total.firstTries)}`}
        // a step in which nothing was tried would look like a fall
        trend={bars.filter((bar) => bar.firstTries > 0).map((bar) => bar.firstSuccesses / bar.firstTries)}
        trendLabel="Share of first tries that were accepted, by step"
        detail="accepted, or a duplicate of what was"
      />
      <Stat
        meaning="neutral"
        icon={Send}
        question="Attempts"
        value={formatCount(total.attempts)}
        unit="ended"
        trend={bars.map((bar) => bar.attempts)}
        trendLabel="Attempts that ended, by step"
        detail={`${formatCount(notAccepted)} not accepted${total.test > 0 ? `, ${formatCount(total.test)} of tests apart` : ''}`}
      />
      <Stat
        meaning="neutral"
        icon={Gauge}
        question="Half delivered within"
        value={total.p50 === null ? 'none' : formatMs(total.p50)}
        unit={total.p50 === null ? 'delivered yet' : 'of the conversion'}
        detail="p50 of all that was accepted"
      />
      <Stat
        meaning="neutral"
        icon={Hourglass}
        question="95 % delivered within"
        value={total.p95 === null ? 'none' : formatMs(total.p95)}
        unit={total.p95 === null ? 'delivered yet' : 'of the conversion'}
        detail="p95, at most a quarter off"
      />
    </StatStrip>
  );
}
