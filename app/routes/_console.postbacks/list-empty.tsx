import { useRevalidator } from '@remix-run/react';
import { RotateCw, X } from 'lucide-react';
import { LOOK_CAP } from '#app/modules/outbox/postback-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { filterText, type ListState, listHref, VIEWS, viewOf, without } from './filters.ts';
import type { ListPageData } from './page-data.server.ts';
import { PART_LABELS } from './part-words.ts';

const CAP = 1000;

/** Why there are no rows: none yet, none of this kind (which is good), not found so far, or none that match. */
export function ListEmpty({ state, data }: { state: ListState; data: ListPageData }) {
  const { page, drop } = data;
  if (page.lastLooked !== null) return <LookFurther state={state} page={page} />;
  if (state.after || state.before) {
    return (
      <EmptyState
        kind="no-match"
        title="Nothing more in this direction"
        actions={
          <ButtonLink to={listHref(state, { after: null, before: null, open: null })}>First page</ButtonLink>
        }
      >
        This is the end of the list.
      </EmptyState>
    );
  }
  if (filterText(state.filter) === '') {
    return (
      <EmptyState
        kind="empty"
        title="No postbacks yet"
        actions={<ButtonLink to="/integrate">How to report conversions</ButtonLink>}
      >
        Report a conversion to <span className="mono nowrap">POST /api/v1/conversions</span>: its postback
        appears here at once, with what was sent and what came back.
      </EmptyState>
    );
  }
  const view = VIEWS.find(({ key }) => key === viewOf(state));
  if (view && view.key !== 'today' && filterText(view.filter) === filterText(state.filter)) {
    return (
      <EmptyState kind="done" title="Nothing here">
        {view.key === 'attention' ? 'No postback needs a person.' : 'No postback is in this state.'}
      </EmptyState>
    );
  }
  return <NoMatch state={state} drop={drop} />;
}

/** No index knows this filter, and what may be looked through for one page held nothing. */
function LookFurther({ state, page }: { state: ListState; page: ListPageData['page'] }) {
  const backwards = state.before !== null;
  const to = backwards
    ? listHref(state, { before: page.prevBefore, after: null, open: null })
    : listHref(state, { after: page.nextAfter, before: null, open: null });
  const which = state.after || state.before ? 'next' : state.order === 'newest' ? 'newest' : 'oldest';
  return (
    <EmptyState
      kind="slow"
      title={`None among the ${which} ${formatCount(LOOK_CAP)}`}
      actions={
        <ButtonLink variant="primary" to={to}>
          Look further
        </ButtonLink>
      }
    >
      This filter has to look at rows one by one, so a page looks through {formatCount(LOOK_CAP)} of them. A
      status, a cause or a time range beside it makes it quick.
    </EmptyState>
  );
}

function NoMatch({ state, drop }: { state: ListState; drop: ListPageData['drop'] }) {
  const helps = drop !== null && drop.count.n > 0;
  return (
    <EmptyState
      kind="no-match"
      title="Nothing matches"
      actions={
        <>
          {helps && (
            <ButtonLink
              variant="primary"
              icon={X}
              to={listHref(state, { filter: without(state.filter, drop.name), open: null })}
            >
              Drop the filter {PART_LABELS[drop.name]}
            </ButtonLink>
          )}
          <ButtonLink to="/postbacks">Drop all filters</ButtonLink>
        </>
      }
    >
      {helps
        ? `Without ${PART_LABELS[drop.name].toLowerCase()} there would be ${formatCount(Math.min(drop.count.n, CAP), drop.count.more)}. Upper and lower case count: codes are exact.`
        : 'No single filter is the reason: together they leave nothing.'}
    </EmptyState>
  );
}

/** The read failed: never shown as "no rows". */
export function ListFailed({ requestId }: { requestId: string }) {
  const revalidator = useRevalidator();
  return (
    <EmptyState
      kind="error"
      title="The postbacks could not be read"
      errorId={requestId}
      actions={
        <Button
          icon={RotateCw}
          working={revalidator.state === 'loading' && 'Reading'}
          onClick={() => revalidator.revalidate()}
        >
          Try again
        </Button>
      }
    >
      The store did not answer. Nothing is lost: conversions are stored and sent as before. If it stays like
      this, quote
    </EmptyState>
  );
}
