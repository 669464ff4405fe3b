import type { SkewItem } from '#app/modules/disputes/index.server.ts';
import { formatRough } from '#app/platform/time-format.ts';
import { Time } from '#app/ui/time.tsx';

/** The network's clock against this server's, in words: "2 s ahead". */
export function clockWords(skewMs: number): string {
  if (Math.abs(skewMs) < 1000) return 'the same';
  return `${formatRough(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`;
}

/** How far the network's clock is from ours, and when that was measured. */
export function ClockLine({ skew }: { skew: SkewItem | null }) {
  if (skew === null) return <span className="c3">not measured yet</span>;
  return (
    <>
      {clockWords(skew.skewMs)} <span className="c3">(measured</span>{' '}
      <Time at={skew.measuredAt} as="ago" className="c3" />
      <span className="c3">)</span>
    </>
  );
}
