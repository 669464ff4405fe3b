import {
  formatClock,
  formatDay,
  formatRough,
  formatTimeFull,
  formatTimeShort,
  toMillis,
} from '../platform/time-format.ts';
import { useNow, useZone } from './time-context.tsx';

const MINUTE = 60_000;

/** An instant: short where it is read, absolute with zone and UTC on hover and for assistive technology. */
export function Time({
  at,
  as = 'short',
  className,
}: {
  /** ISO text. Null reads "unknown" (or `none`). */
  at: string | null;
  /** short: "14:02" · day: "18 May" · clock: "14:00:23" · ago: "3 h ago" · full: absolute. */
  as?: 'short' | 'day' | 'clock' | 'ago' | 'full';
  className?: string;
}) {
  const zone = useZone();
  const now = useNow(as === 'ago' || as === 'short' ? MINUTE : null);
  if (at === null) return <span className="c3">unknown</span>;
  const full = formatTimeFull(at, zone, { seconds: as === 'clock' });
  return (
    // Zone names come from the engine's own data and may differ between server and browser.
    <time dateTime={at} title={full} className={className} suppressHydrationWarning>
      {text(at, as, now, zone)}
    </time>
  );
}

function text(at: string, as: 'short' | 'day' | 'clock' | 'ago' | 'full', now: number, zone: string): string {
  if (as === 'day') return formatDay(at, now, zone);
  if (as === 'clock') return formatClock(at, zone);
  if (as === 'full') return formatTimeFull(at, zone);
  if (as === 'short') return formatTimeShort(at, now, zone);
  const gone = now - toMillis(at);
  return gone < MINUTE ? 'just now' : `${formatRough(gone)} ago`;
}
