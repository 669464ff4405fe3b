import type { ReactNode } from 'react';

/** A quiet label for a kind, never for a state: "CPA", "REV_SHARE". */
export function Tag({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className="tag" title={title}>
      {children}
    </span>
  );
}
