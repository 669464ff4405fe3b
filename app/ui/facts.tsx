import clsx from 'clsx';
import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { type Meaning, meaningIcon, meaningVars } from './meaning.ts';

export type Fact = {
  term: ReactNode;
  value: ReactNode;
  mono?: boolean;
  /** Long values break instead of being cut off. */
  wrap?: boolean;
  /** A tick before the value: this was proven. */
  proven?: boolean;
};

/** Terms and values. `spread` puts values at the right end (previews of bulk actions). */
export function Facts({ items, spread = false }: { items: readonly Fact[]; spread?: boolean }) {
  return (
    <dl className={clsx('facts', spread && 'auto')}>
      {items.map((fact, i) => (
        <FactLine key={typeof fact.term === 'string' ? fact.term : `fact-${i}`} {...fact} />
      ))}
    </dl>
  );
}

function FactLine({ term, value, mono = false, wrap = false, proven = false }: Fact) {
  return (
    <>
      <dt>{term}</dt>
      <dd className={clsx(mono && 'mono', wrap && 'wrap')}>
        {proven && (
          <span className="ok good">
            <Icon icon={CircleCheck} size={14} />
            <span className="sr">Proven: </span>
          </span>
        )}
        {value}
      </dd>
    </>
  );
}

export type KeyFigure = { term: ReactNode; value: ReactNode; meaning?: Meaning };

/** Two to four figures in a box, at the head of a dialog or drawer. */
export function KeyFigures({ items }: { items: readonly KeyFigure[] }) {
  return (
    <dl className={clsx('kv', items.length === 4 && 'four', items.length === 2 && 'two')}>
      {items.map((item, i) => (
        <div key={typeof item.term === 'string' ? item.term : `figure-${i}`}>
          <dt>{item.term}</dt>
          <dd className={clsx(item.meaning && ['m', meaningVars(item.meaning)])}>
            {item.meaning && item.meaning !== 'neutral' && (
              <Icon icon={meaningIcon(item.meaning)} size={13} />
            )}
            {item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
