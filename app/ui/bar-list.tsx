import { Link } from '@remix-run/react';
import type { CSSProperties, ReactNode } from 'react';
import { type Meaning, meaningVars } from './meaning.ts';

export type BarItem = {
  key: string;
  to?: string;
  name: ReactNode;
  detail?: ReactNode;
  count: ReactNode;
  money: ReactNode;
  /** 0 to 1 of the longest bar. */
  share: number;
  meaning: Meaning;
};

/** Causes by money: name, how many, how much, and a thin bar. */
export function BarList({
  items,
  total,
}: {
  items: readonly BarItem[];
  /** The last line; `label` says what is summed where that is not all of the list. */
  total?: { label?: string; count: ReactNode; money: ReactNode };
}) {
  return (
    <>
      <ul className="causes">
        {items.map((item) => (
          <li key={item.key} className={meaningVars(item.meaning)}>
            {item.to === undefined ? (
              <div>
                <BarContent item={item} />
              </div>
            ) : (
              <Link to={item.to}>
                <BarContent item={item} />
              </Link>
            )}
          </li>
        ))}
      </ul>
      {total && (
        <p className="ctot">
          <span>{total.label ?? 'Total'}</span>
          <span className="r">{total.count}</span>
          <span className="r">{total.money}</span>
        </p>
      )}
    </>
  );
}

function BarContent({ item }: { item: BarItem }) {
  const width = `${Math.round(Math.min(1, Math.max(0, item.share)) * 1000) / 10}%`;
  return (
    <>
      <span className="nm">
        <span className="trunc">{item.name}</span>
        {item.detail !== undefined && <span className="c3 trunc">{item.detail}</span>}
      </span>
      <span className="c2 r">{item.count}</span>
      <span className="med r">{item.money}</span>
      <span className="bar" aria-hidden="true">
        <i style={{ '--w': width } as CSSProperties} />
      </span>
    </>
  );
}
