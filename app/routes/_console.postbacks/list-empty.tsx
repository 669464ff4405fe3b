import { useRevalidator } from '@remix-run/react';
import { RotateCw, X } from 'lucide-react';
import { formatCount } from '#app/platform/time-format.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { type ListState, listHref, readState, viewOf, writeState } from './filters.ts';
import { FIELD_LABELS } from './list-filters.tsx';
import type { ListPageData } from './page-data.server.ts';

const CAP = 1000;

/** Why there are no rows: none yet, none of this kind (which is good), or none that match. */
export function ListEmpty({ state, drop }: { state: ListState; drop: ListPageData['drop'] }) {
  const bare =
    writeState({
      ...readState(new URLSearchParams()),
      hide: state.hide,
      order: state.order,
      open: state.open,
    }).toString() === writeState(state).toString();
  if (bare) {
    return (
      <EmptyState kind="empty" title="No postbacks yet">
        Report a conversion to <span className="mono nowrap">POST /api/v1/conversions</span>: its postback
        appears here at once, with what was sent and what came back.
      </EmptyState>
    );
  }
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
  if (
    ['attention', 'failed', 'exhausted', 'parked', 'retrying'].includes(viewOf(state)) &&
    !state.q &&
    state.cause.length === 0
  ) {
    return (
      <EmptyState kind="done" title="Nothing here">
        No postback is in this state.
      </EmptyState>
    );
  }
  return <NoMatch state={state} drop={drop} />;
}

function NoMatch({ state, drop }: { state: ListState; drop: ListPageData['drop'] }) {
  const helps = drop !== null && drop.count > 0;
  const without = (name: NonNullable<typeof drop>['name']) =>
    listHref(state, { [name]: name === 'q' ? '' : name === 'range' ? null : [], open: null });
  return (
    <EmptyState
      kind="no-match"
      title="Nothing matches"
      actions={
        <>
          {helps && (
            <ButtonLink variant="primary" icon={X} to={without(drop.name)}>
              Drop the filter {FIELD_LABELS[drop.name]}
            </ButtonLink>
          )}
          <ButtonLink to="/postbacks">Drop all filters</ButtonLink>
        </>
      }
    >
      {helps
        ? `Without ${FIELD_LABELS[drop.name].toLowerCase()} there would be ${formatCount(Math.min(drop.count, CAP), drop.count > CAP)}. Upper and lower case count: codes are exact.`
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
