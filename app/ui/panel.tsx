import clsx from 'clsx';
import type { ReactNode } from 'react';

/** A bordered part of a page with its small heading. `padded` false leaves the inside to its content. */
export function Panel({
  title,
  end,
  ruled = false,
  padded = true,
  id,
  className,
  children,
}: {
  title?: ReactNode;
  end?: ReactNode;
  ruled?: boolean;
  padded?: boolean;
  id?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={clsx('panel', className)} id={id}>
      {(title !== undefined || end !== undefined) && (
        <header className={ruled ? 'ruled' : undefined}>
          {title !== undefined && <h2>{title}</h2>}
          {end !== undefined && <span className="end">{end}</span>}
        </header>
      )}
      {padded ? <div className="pb">{children}</div> : children}
    </section>
  );
}

export type LegendItem = { label: ReactNode; series: 1 | 2 | 3 | 4 | 5 | 6 };

/** The names of a chart's colours. */
export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <span className="legend">
      {items.map((item) => (
        <span key={item.series}>
          <i style={{ background: `var(--series-${item.series})` }} />
          {item.label}
        </span>
      ))}
    </span>
  );
}
