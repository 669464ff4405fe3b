import clsx from 'clsx';
import { CircleX, Clock, Hourglass, Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDuration, formatRough, formatTimeFull, toMillis } from '../platform/time-format.ts';
import { Icon } from './icon.tsx';
import { useNow, useZone } from './time-context.tsx';

const HOUR = 3_600_000;
const LEVELS = {
  plain: { icon: Clock, className: '' },
  soon: { icon: Hourglass, className: 'needs' },
  today: { icon: Hourglass, className: 'lost' },
  ticking: { icon: Timer, className: 'lost tick' },
  past: { icon: CircleX, className: 'lost' },
} as const;

export type Urgency = keyof typeof LEVELS;

/** How near a deadline is: plain, under 72 h (soon), under 24 h (today), under 1 h (ticking), past. */
export function urgencyOf(msLeft: number): Urgency {
  if (msLeft <= 0) return 'past';
  if (msLeft < HOUR) return 'ticking';
  if (msLeft < 24 * HOUR) return 'today';
  return msLeft < 72 * HOUR ? 'soon' : 'plain';
}

type CountdownProps = {
  /** The deadline as ISO text. */
  deadline: string;
  /** What happened when it passed, before "3 h ago": "Released", "Closed". */
  pastWord?: string;
  /** How the past looks: lost for money gone, neutral where nothing was at stake. */
  past?: 'lost' | 'neutral';
  /** Words before the time, e.g. "dispute within". */
  prefix?: ReactNode;
  icon?: boolean;
};

/** Time left until a deadline, changing colour, icon and pace as it nears. */
export function Countdown({
  deadline,
  pastWord = 'Passed',
  past = 'lost',
  prefix,
  icon = true,
}: CountdownProps) {
  const zone = useZone();
  const slow = useNow(15_000);
  const near = Math.abs(toMillis(deadline) - slow) < HOUR + 30_000;
  const now = useNow(near ? 1_000 : 15_000);
  const left = toMillis(deadline) - now;
  const urgency = urgencyOf(left);
  const level = LEVELS[urgency];
  const words = urgency === 'past' ? `${pastWord} ${formatRough(left)} ago` : formatDuration(left);
  const quiet = urgency === 'past' && past === 'neutral';
  return (
    <time
      className={clsx('cd', quiet ? 'c3' : level.className)}
      dateTime={deadline}
      title={formatTimeFull(deadline, zone)}
      suppressHydrationWarning
    >
      {icon && <Icon icon={quiet ? Clock : level.icon} size={13} />}
      <span>
        {prefix !== undefined && urgency !== 'past' && <span className="for">{prefix} </span>}
        {words}
      </span>
    </time>
  );
}
