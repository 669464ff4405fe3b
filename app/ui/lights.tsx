import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { Check, Circle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export type LightState = 'on' | 'waiting' | 'off';

/** A list of things to prove; new ones are read aloud as they turn on. */
export function Lights({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="status" aria-live="polite">
      <ol aria-label={label}>{children}</ol>
    </div>
  );
}

const WORDS: Record<LightState, string> = { on: 'On: ', waiting: 'Waiting: ', off: 'Not seen yet: ' };

/** One thing to prove: on with its time, waiting, or off. */
export function Light({
  state,
  title,
  icon,
  when,
  children,
}: {
  state: LightState;
  title: ReactNode;
  /** The icon while not on. */
  icon?: LucideIcon;
  when?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li className={clsx('light', state === 'waiting' ? 'wait' : state)}>
      <span className="bulb" aria-hidden="true">
        <Icon icon={state === 'on' ? Check : (icon ?? Circle)} />
      </span>
      <div>
        <p className="lt">
          <span className="sr">{WORDS[state]}</span>
          {title}
        </p>
        {children !== undefined && <div className="ld">{children}</div>}
      </div>
      <span className="when">{when}</span>
    </li>
  );
}
