import type { LucideIcon } from 'lucide-react';
import { CircleCheck, CircleX, Clock, Info, TriangleAlert } from 'lucide-react';

/**
 * The four meanings of the interface, and none. good: done and paid right. waiting: moves by itself.
 * needs: a person must act. lost: money is gone, or goes within 24 h. Always shown as icon + word + colour.
 */
export type Meaning = 'good' | 'waiting' | 'needs' | 'lost' | 'neutral';

/** How a state is shown: its meaning, icon and word. */
export interface Look {
  meaning: Meaning;
  icon: LucideIcon;
  label: string;
}

const ICONS: Record<Meaning, LucideIcon> = {
  good: CircleCheck,
  waiting: Clock,
  needs: TriangleAlert,
  lost: CircleX,
  neutral: Info,
};

/** The icon a meaning carries when a component is given none of its own. */
export function meaningIcon(meaning: Meaning): LucideIcon {
  return ICONS[meaning];
}

/** The class that sets text colour and the meaning's variables; empty for neutral. */
export function meaningClass(meaning: Meaning): string {
  return meaning === 'neutral' ? '' : meaning;
}

/** The class that only sets the meaning's variables (--f, --g, --b, --sol), leaving the text as it is. */
export function meaningVars(meaning: Meaning): string {
  return meaning === 'neutral' ? '' : `m-${meaning}`;
}
