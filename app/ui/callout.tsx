import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { type Meaning, meaningIcon, meaningVars } from './meaning.ts';

/** Why something is so, in plain words: what happened, what it means, what to do, and a link to the place. */
export function Callout({
  meaning = 'neutral',
  icon,
  title,
  link,
  children,
}: {
  meaning?: Meaning;
  icon?: LucideIcon;
  title: ReactNode;
  link?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={clsx('callout', meaningVars(meaning))}>
      <Icon icon={icon ?? (meaning === 'waiting' ? Info : meaningIcon(meaning))} />
      <p>
        <b>{title}</b> {children} {link}
      </p>
    </div>
  );
}
