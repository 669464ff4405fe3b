import { useRevalidator } from '@remix-run/react';
import { RotateCw, ScanLine, X } from 'lucide-react';
import { formatCount } from '#app/platform/time-format.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ScrollPre } from '#app/ui/scroll-pre.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { snippetsFor } from '../_console.integrate/snippets.ts';
import { type FilterName, pairsOf, type RefFilters, refsHref } from './filters.ts';

/** Nothing was captured yet: how it begins (RG-01 to RG-05). */
export function NoRefs({
  publicUrl,
  how,
  hrefOf,
}: {
  publicUrl: string;
  how: 'server' | 'browser';
  hrefOf: (how: string) => string;
}) {
  const wanted = how === 'browser' ? 'single-page' : 'capture';
  const snippet = snippetsFor(publicUrl).find(({ id }) => id === wanted)?.code ?? '';
  return (
    <div className="p-5 max-w-[720px] mx-auto">
      <EmptyState
        kind="empty"
        icon={ScanLine}
        title="No tracking code has arrived yet"
        actions={<ButtonLink to="/integrate">All the snippets</ButtonLink>}
      >
        Affiliates link to your pages with ?rgta_ref=… Keep the first code a visitor brings, and report it
        here.
      </EmptyState>
      <Tabs
        label="Where the code is read"
        inner
        current={how}
        items={[
          { key: 'server', to: hrefOf('server'), label: 'On your server' },
          { key: 'browser', to: hrefOf('browser'), label: 'In the browser' },
        ]}
        end={<CopyButton text={snippet} label="Copy the snippet" />}
      />
      <div className="codebox mt-2">
        <ScrollPre label="Snippet">{snippet}</ScrollPre>
      </div>
    </div>
  );
}

const WORDS: Partial<Record<FilterName, string>> = {
  ref: 'the code',
  prefix: 'the beginning of the code',
  promo: 'the promo code',
  promoPrefix: 'the beginning of the promo code',
  visitor: 'the visitor',
  outcome: 'the outcome',
  source: 'the source',
  network: 'the network',
  range: 'the time range',
};

/** Filters that leave nothing, and which to drop. */
export function NoMatch({
  filters,
  drop,
}: {
  filters: RefFilters;
  drop: { name: FilterName; count: { n: number; capped: boolean } } | null;
}) {
  const helps = drop !== null && drop.count.n > 0 && pairsOf(filters, 'hide').length > 1;
  const without: FilterName[] =
    drop?.name === 'network'
      ? ['network', 'networkNot']
      : drop?.name === 'range'
        ? ['range', 'from', 'to']
        : [];
  return (
    <EmptyState
      kind="no-match"
      title="No captured ref matches"
      actions={
        <>
          {helps && (
            <ButtonLink variant="primary" icon={X} to={refsHref(pairsOf(filters, drop.name, ...without))}>
              Drop {WORDS[drop.name]}
            </ButtonLink>
          )}
          <ButtonLink to="/refs">Show all refs</ButtonLink>
        </>
      }
    >
      {helps &&
        `Without ${WORDS[drop.name]} there would be ${formatCount(drop.count.n, drop.count.capped)}. `}
      Codes are compared byte for byte: case and white space count.
    </EmptyState>
  );
}

/** Nothing among the rows looked through, and more to look at. */
export function LookFurther({ looked, nextHref }: { looked: number; nextHref: string | null }) {
  return (
    <EmptyState
      kind="no-match"
      title={`None among ${formatCount(looked)} refs`}
      actions={
        nextHref && (
          <ButtonLink variant="primary" to={nextHref}>
            Look further
          </ButtonLink>
        )
      }
    >
      No index knows these filters together, so a page looks through {formatCount(looked)} refs at a time.
    </EmptyState>
  );
}

/** The read failed: never shown as "no rows". */
export function RefsFailed({ requestId }: { requestId: string }) {
  const { state, revalidate } = useRevalidator();
  return (
    <EmptyState
      kind="error"
      title="The captured refs could not be read"
      errorId={requestId}
      actions={
        <Button icon={RotateCw} working={state === 'loading' && 'Reading'} onClick={() => revalidate()}>
          Try again
        </Button>
      }
    >
      The store did not answer. Nothing is lost: codes are captured as before. If it stays like this, quote
    </EmptyState>
  );
}
