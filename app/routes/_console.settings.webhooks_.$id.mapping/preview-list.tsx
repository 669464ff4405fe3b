import { ArrowRight } from 'lucide-react';
import type { FoundView, MappingPreview } from '#app/modules/webhooks/endpoint-schema.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Icon } from '#app/ui/icon.tsx';
import { Money } from '#app/ui/money.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Skeleton } from '#app/ui/skeleton.tsx';
import { Time } from '#app/ui/time.tsx';
import { EventStateBadge } from '../_console.settings.webhooks/event-words.tsx';

/**
 * The last real events beside what the mapping in the editor makes of them. `preview` undefined: being asked for;
 * null: nothing to try yet.
 */
export function PreviewList({
  preview,
  changed,
}: {
  preview: readonly MappingPreview[] | null | undefined;
  changed: boolean;
}) {
  const differ = preview?.filter(({ changes }) => changes).length ?? 0;
  return (
    <Panel
      title="What real events become by it"
      end={
        <span role="status">
          {preview === null
            ? 'not tried yet'
            : preview === undefined
              ? 'trying…'
              : changed
                ? `${differ} of ${preview.length} change`
                : `the last ${preview.length}`}
        </span>
      }
    >
      {preview === null ? (
        <p className="c2">Once the mapping is complete, it is tried on the last real events here.</p>
      ) : preview === undefined ? (
        <Skeleton lines={6} label="Trying the mapping on real events" />
      ) : preview.length === 0 ? (
        <EmptyState kind="empty" title="No real event has come yet">
          Once the provider has sent some, every change is tried on them here before it is saved.
        </EmptyState>
      ) : (
        <ol className="flex flex-col gap-4">
          {preview.map((one) => (
            <PreviewLine key={one.event.id} one={one} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function PreviewLine({ one }: { one: MappingPreview }) {
  const { event, was, would, changes } = one;
  return (
    <li>
      <p className="flex flex-wrap items-center gap-2">
        <span className="mono grow">{event.type}</span>
        <EventStateBadge state={event.state} />
        <span className="c3 text-12">
          <Time at={event.receivedAt} />
        </span>
      </p>
      {changes ? (
        <>
          <p className="c3">
            <span className="sr">Before: </span>
            <s>
              <Found found={was} />
            </s>
          </p>
          <p className="med">
            <Icon icon={ArrowRight} size={12} /> <span className="sr">Now: </span>
            <Found found={would} />
          </p>
        </>
      ) : (
        <p className="c2">
          <Found found={would} />
        </p>
      )}
    </li>
  );
}

/** What an event says, in one line. */
function Found({ found }: { found: FoundView }) {
  if (found.kind === 'nothing') return <>Nothing: {found.words}</>;
  if (found.kind === 'fault') return <span className="lost">Cannot be understood: {found.words}</span>;
  if (found.kind === 'reversal')
    return <>{found.reversal === 'won' ? 'A chargeback is won back' : 'A refund has failed'}</>;
  if (found.kind === 'refund' && found.refundId === null)
    return (
      <>
        <Amount cents={found.amountCents} currency={found.currency} /> of the charge refunded so far; what is
        not known yet of it is a refund
      </>
    );
  if (found.kind === 'refund')
    return (
      <>
        Refund <Amount cents={found.amountCents} currency={found.currency} /> with the id{' '}
        <span className="mono">{found.refundId}</span>
      </>
    );
  return (
    <>
      Conversion <span className="mono">{found.externalId}</span>{' '}
      <Amount cents={found.amountCents} currency={found.currency} />
      {found.ref !== null ? (
        <>
          , code <span className="mono">{found.ref}</span>
        </>
      ) : found.record !== null ? (
        <>
          , code of the {found.record.type.replace('_', ' ')} <span className="mono">{found.record.id}</span>
        </>
      ) : (
        ', no tracking code'
      )}
    </>
  );
}

const Amount = ({ cents, currency }: { cents: number | null; currency: string | null }) =>
  cents === null ? 'of all that was paid' : <Money minor={cents} currency={currency ?? 'USD'} />;
