import { useFetcher } from '@remix-run/react';
import type { ResultPage } from '#app/modules/reconcile/index.server.ts';
import type { Reason, ResultRow, RunDetail } from '#app/modules/reconcile/schema.ts';
import { reasonWords } from '#app/modules/reconcile/words-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { JobProgress } from '#app/ui/progress.tsx';
import { Time } from '#app/ui/time.tsx';
import { isWorking } from '../_console.reports.reconcile/run-words.ts';
import { linesOf, type ReasonLine, reasonColumns, rowColumns } from './columns.tsx';

/** What is shown of the rows: one reason, all that needs somebody, or every row. */
export type Shown = Reason | 'gaps' | 'all';

/** A run that was started: how far it is, what it came to by reason, and the rows. */
export function ResultView({
  run,
  page,
  shown,
  mayRun,
}: {
  run: RunDetail;
  page: ResultPage;
  shown: Shown;
  mayRun: boolean;
}) {
  return (
    <div className="page-body">
      {isWorking(run) && <Working run={run} mayRun={mayRun} />}
      {run.stateReason !== null && (
        <Callout meaning="lost" title="It did not come to its end.">
          {run.stateReason}
        </Callout>
      )}
      <Panel title="What came of it" padded={false} end={<Span run={run} />}>
        <DataTable<ReasonLine>
          label="Reasons"
          columns={reasonColumns(run.source)}
          rows={linesOf(run.totals)}
          rowId={({ reason }) => reason}
          rowHref={({ reason }) => `?reason=${reason}#rows`}
          empty={<EmptyState kind="slow" title="Nothing yet" />}
          minWidth={760}
        />
      </Panel>
      <RowsPanel run={run} page={page} shown={shown} />
    </div>
  );
}

function Working({ run, mayRun }: { run: RunDetail; mayRun: boolean }) {
  const fetcher = useFetcher();
  const other = run.state === 'comparing';
  return (
    <JobProgress
      title={other ? 'Looking for what Leadline has and the file has not' : 'Reading the file'}
      done={run.rowsDone}
      total={run.rowCount}
      action={
        mayRun && (
          <Button
            small
            working={fetcher.state !== 'idle' && 'Canceling'}
            onClick={() => fetcher.submit({ intent: 'cancel' }, { method: 'post' })}
          >
            Cancel
          </Button>
        )
      }
    >
      {formatCount(run.gaps)} gaps so far. You can leave; it goes on.
    </JobProgress>
  );
}

/** The time the file speaks of, which bounds what Leadline is asked for. */
function Span({ run }: { run: RunDetail }) {
  // the times are told once the file is read
  if (run.state === 'running') return null;
  if (run.fromAt === null || run.toAt === null)
    return <span className="c3">no times in the file: what only Leadline has was not looked for</span>;
  return (
    <span className="c3">
      <Time at={run.fromAt} as="day" /> to <Time at={lastMoment(run.toAt)} as="day" />
    </span>
  );
}

/** The span ends before `toAt`. */
const lastMoment = (toAt: string): string => new Date(Date.parse(toAt) - 1).toISOString();

function RowsPanel({ run, page, shown }: { run: RunDetail; page: ResultPage; shown: Shown }) {
  const title =
    shown === 'gaps' ? 'All gaps' : shown === 'all' ? 'All rows' : reasonWords(shown, run.source).label;
  const href = (name: 'after' | 'before', n: number): string =>
    `?${new URLSearchParams({ reason: shown, [name]: String(n) })}#rows`;
  return (
    <Panel
      id="rows"
      title={title}
      padded={false}
      end={
        <>
          {shown !== 'gaps' && (
            <ButtonLink small variant="quiet" to="?#rows">
              All gaps
            </ButtonLink>
          )}
          {shown !== 'all' && (
            <ButtonLink small variant="quiet" to="?reason=all#rows">
              All rows
            </ButtonLink>
          )}
        </>
      }
    >
      <DataTable<ResultRow>
        label={title}
        columns={rowColumns(run.source)}
        rows={page.items}
        rowId={({ n }) => String(n)}
        minWidth={1080}
        empty={
          isWorking(run) ? (
            <EmptyState kind="slow" title="None so far" />
          ) : (
            <EmptyState
              kind={shown === 'gaps' ? 'done' : 'no-match'}
              title={shown === 'gaps' ? 'No gaps' : 'No such row'}
            >
              {shown === 'gaps' && 'The file and Leadline agree on every row.'}
            </EmptyState>
          )
        }
        footer={{
          text: `${formatCount(page.items.length)} on this page`,
          prevHref: page.prevBefore === null ? null : href('before', page.prevBefore),
          nextHref: page.nextAfter === null ? null : href('after', page.nextAfter),
        }}
      />
    </Panel>
  );
}
