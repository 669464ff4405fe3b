import { useFetcher } from '@remix-run/react';
import { FlaskConical, Play, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Trial } from '#app/modules/reconcile/index.server.ts';
import { type Mapping, type ResultRow, type RunDetail, TRIAL_ROWS } from '#app/modules/reconcile/schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import type { RunAnswer } from './action.server.ts';
import { linesOf, type ReasonLine, reasonColumns, rowColumns } from './columns.tsx';
import { MappingPanel } from './mapping-panel.tsx';

const written = (form: HTMLFormElement): string =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** A file that waits: what its columns are, what its first rows come to, and the start of the whole. */
export function DraftView({
  run,
  mapping,
  trial,
  accounts,
  mayRun,
  onDelete,
}: {
  run: RunDetail;
  mapping: Mapping;
  trial: Trial;
  accounts: readonly { id: string; name: string }[];
  mayRun: boolean;
  onDelete: () => void;
}) {
  const fetcher = useFetcher<RunAnswer>();
  const form = useRef<HTMLFormElement>(null);
  /** The form as it was tried last, and as it was sent. */
  const tried = useRef<string | null>(null);
  const sent = useRef<string | null>(null);
  const [dirty, setDirty] = useState(false);
  const answer = fetcher.data;
  const error = answer && 'error' in answer ? answer.error : null;
  const busy = fetcher.state !== 'idle';
  useEffect(() => {
    if (form.current === null || (answer && 'error' in answer)) return;
    // a press that no answer came to has tried nothing
    if (!answer && tried.current !== null) return;
    const now = written(form.current);
    tried.current = sent.current ?? now;
    setDirty(now !== tried.current);
  }, [answer]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    sent.current = written(event.currentTarget);
    const data = new FormData(event.currentTarget);
    data.set('intent', 'try');
    fetcher.submit(data, { method: 'post' });
  };
  const look = (event: FormEvent<HTMLFormElement>): void =>
    setDirty(written(event.currentTarget) !== tried.current);
  const start = (): void => fetcher.submit({ intent: 'start' }, { method: 'post' });
  const refused = error !== null && !busy;
  return (
    <form ref={form} className="page-body" onSubmit={submit} onChange={look}>
      <MappingPanel
        run={run}
        mapping={mapping}
        trial={trial}
        accounts={accounts}
        faults={error?.details ?? []}
        disabled={!mayRun}
      />
      {refused && (
        <div role="alert">
          <Callout meaning="lost" title="That did not work.">
            {error.message}
          </Callout>
        </div>
      )}
      {mayRun && (
        <div className="form-acts">
          <Button
            type="submit"
            icon={FlaskConical}
            variant={dirty ? 'primary' : 'default'}
            working={busy && 'Working'}
          >
            Try on the first {formatCount(Math.min(TRIAL_ROWS, run.rowCount))} rows
          </Button>
          <Button
            icon={Play}
            variant={dirty ? 'default' : 'primary'}
            disabled={dirty || busy || refused}
            onClick={start}
          >
            Run all {formatCount(run.rowCount)} rows
          </Button>
          <Button variant="quiet" icon={Trash2} onClick={onDelete}>
            Delete the file
          </Button>
          <span className="c3 text-12" role="status">
            {dirty ? 'Changed since the trial below: try it once more before the whole file runs.' : ''}
          </span>
        </div>
      )}
      <TrialPanels run={run} trial={trial} />
    </form>
  );
}

function TrialPanels({ run, trial }: { run: RunDetail; trial: Trial }) {
  const none = <EmptyState kind="empty" title="The file has no rows" />;
  return (
    <>
      <Panel title="What the first rows come to" padded={false}>
        <DataTable<ReasonLine>
          label="Reasons of the first rows"
          columns={reasonColumns(run.source)}
          rows={linesOf(trial.totals)}
          rowId={({ reason }) => reason}
          empty={none}
          minWidth={760}
        />
      </Panel>
      <Panel title="Row by row, nothing of it written yet" padded={false}>
        <DataTable<ResultRow>
          label="The first rows"
          columns={rowColumns(run.source)}
          rows={trial.rows}
          rowId={({ n }) => String(n)}
          empty={none}
          minWidth={1080}
        />
      </Panel>
    </>
  );
}
