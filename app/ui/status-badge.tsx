import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { type Meaning, meaningClass, meaningIcon } from './meaning.ts';

export type Status = {
  meaning: Meaning;
  icon?: LucideIcon;
  /** The state in a word: "Retrying". */
  label: ReactNode;
  /** The consequence: "next in 4 min", "can no longer be disputed". */
  then?: ReactNode;
};

/** Icon, word and consequence. Boxed in headers; `inTable` sheds the box so that a column of them stays calm. */
export function StatusBadge({ meaning, icon, label, then, inTable = false }: Status & { inTable?: boolean }) {
  return (
    <span className={clsx(inTable ? 'st' : 'badge', meaningClass(meaning))}>
      <Icon icon={icon ?? meaningIcon(meaning)} size={inTable ? 14 : 13} />
      <span>
        {label}
        {then !== undefined && then !== null && <span className="then"> — {then}</span>}
      </span>
    </span>
  );
}
