import { ArrowRight, Check } from 'lucide-react';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Icon } from '#app/ui/icon.tsx';
import { Money } from '#app/ui/money.tsx';
import { unpaidWords } from './issue-words.ts';
import type { ReleaseSubject } from './use-issue-actions.tsx';

/** The three steps of a release, drawn: one is sent, its answer decides, the rest follows. */
export function ReleaseFlow({ subject }: { subject: ReleaseSubject }) {
  const [first] = subject.oldest ?? [];
  const rest = Math.max(0, subject.held - 1);
  return (
    <ol className="flow">
      <li>
        <span className="fdot">1</span>
        <span>
          <b>Try one</b>
          {first ? (
            <>
              <span className="mono c2 trunc">{first.externalId}</span>
              <span className="c3 num">
                {first.expectedCurrency && (
                  <>
                    <Money minor={first.expectedCents} currency={first.expectedCurrency} />,{' '}
                  </>
                )}
                the oldest
              </span>
            </>
          ) : (
            <span className="c3">the oldest</span>
          )}
        </span>
      </li>
      <Arrow />
      <li>
        <span className="fdot dash">
          <Icon icon={Check} size={12} />
        </span>
        <span>
          <b>Accepted?</b>
          <span className="c2">{networkName(subject.network, subject.connector)} decides</span>
        </span>
      </li>
      {rest > 0 && (
        <>
          <Arrow />
          <li>
            <span className="fdot dash">{formatCount(rest)}</span>
            <span>
              <b>Release the rest</b>
              <span className="c3 num">{unpaidWords(subject.unpaid, subject.unpaidUnknown)} in all</span>
            </span>
          </li>
        </>
      )}
    </ol>
  );
}

const Arrow = () => (
  <li className="arr" aria-hidden="true">
    <Icon icon={ArrowRight} size={14} />
  </li>
);

/** The words of the button that starts a release. */
export const releaseLabel = (held: number): string =>
  held <= 1 ? 'Try it again' : `Try one, then release ${formatCount(held - 1)}`;
