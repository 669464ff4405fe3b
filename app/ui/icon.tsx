import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';

/** A Lucide icon at the sizes of the look: 16 px at stroke 1.75, 12–14 px at 2. Hidden from screen readers. */
export function Icon({
  icon: Glyph,
  size = 16,
  className,
}: {
  icon: LucideIcon;
  size?: 12 | 13 | 14 | 16;
  className?: string | undefined;
}) {
  return (
    <Glyph
      className={clsx('i', size !== 16 && `i-${size}`, className)}
      aria-hidden="true"
      focusable="false"
    />
  );
}
