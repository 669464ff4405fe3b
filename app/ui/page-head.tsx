import type { ReactNode } from 'react';

/** A page's name, its one line of numbers, and its actions. */
export function PageHead({
  title,
  sub,
  actions,
}: {
  title: ReactNode;
  sub?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {sub !== undefined && <span className="sub">{sub}</span>}
      {actions !== undefined && <span className="end">{actions}</span>}
    </div>
  );
}
