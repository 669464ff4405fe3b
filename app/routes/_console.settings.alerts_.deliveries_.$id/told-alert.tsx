import type { AlertText } from '#app/modules/alerts/schema.ts';
import { Money } from '#app/ui/money.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';

/** One alert as it was told. */
export function ToldAlert({ alert }: { alert: AlertText }) {
  const { transition, title, what, money, unknown, todo, path, linkLabel, at } = alert;
  return (
    <li>
      <p className="med">
        {transition === 'cleared' && <span className="good">Over: </span>}
        {title}
      </p>
      <p className="c2">{what}</p>
      {(money.length > 0 || unknown > 0) && (
        <p className="num">
          {transition === 'cleared' ? 'Still held up: ' : 'At stake: '}
          {money.map(({ currency, minor }, i) => (
            <span key={currency}>
              {i > 0 && ', '}
              <Money minor={minor} currency={currency} />
            </span>
          ))}
          {unknown > 0 && (
            <span className="c3">{money.length > 0 ? `, ${unknown} unknown` : `unknown for ${unknown}`}</span>
          )}
        </p>
      )}
      <p className="c2">What to do: {todo}</p>
      <p>
        <TextLink to={path}>{linkLabel}</TextLink>{' '}
        <span className="c3 text-12">
          <Time at={at} />
        </span>
      </p>
    </li>
  );
}
