import type { ReactNode } from 'react';

/** The line of filters above a table; `end` stands at the right (time range, order). */
export function Toolbar({ end, children }: { end?: ReactNode; children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div className="toolbar" role="group" aria-label="Filters">
      {children}
      {end !== undefined && <span className="end">{end}</span>}
    </div>
  );
}
