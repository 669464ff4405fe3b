import type { ReactNode } from 'react';

/** A list with a drawer beside it: `<Workspace drawer={…}>` around head, tabs, toolbar and `DataTable`. */
export function Workspace({ drawer, children }: { drawer?: ReactNode; children: ReactNode }) {
  return (
    <div className="work">
      <div className="list">{children}</div>
      {drawer}
    </div>
  );
}
