import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';

/** A page without the shell: signing in, first run, not found. */
export function Alone({
  title,
  lead,
  foot,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="alone">
      <p className="brand">
        <Mark />
        <span>Leadline</span>
      </p>
      <div className="alone-card">
        <h1>{title}</h1>
        {lead !== undefined && <p className="c2 mb-4">{lead}</p>}
        {children}
      </div>
      {foot !== undefined && <p className="alone-foot">{foot}</p>}
    </main>
  );
}
