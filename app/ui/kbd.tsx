import type { ReactNode } from 'react';

/** A key cap. Hidden from screen readers, who hear the control's own name, unless `spoken` (lists of keys). */
export function Kbd({ children, spoken = false }: { children: ReactNode; spoken?: boolean }) {
  return (
    <span className="kbd" aria-hidden={spoken ? undefined : true}>
      {children}
    </span>
  );
}
