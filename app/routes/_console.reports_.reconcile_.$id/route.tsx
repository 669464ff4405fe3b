import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData, useRevalidator } from '@remix-run/react';
import { ArrowLeft, Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { listAccounts } from '#app/modules/campaigns/index.server.ts';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { getRun, listRows, tryMapping } from '#app/modules/reconcile/index.server.ts';
import { GAPS, REASONS } from '#app/modules/reconcile/schema.ts';
import { AppError } from '#app/platform/errors.ts';
import { formatBytes, formatCount } from '#app/platform/time-format.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { isWorking, SOURCE_LABELS, stateOf } from '../_console.reports.reconcile/run-words.ts';
import { type RunAnswer, runAction } from './action.server.ts';
import { DraftView } from './draft-view.tsx';
import { ResultView, type Shown } from './result-view.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? data.run.name : 'Reconciliation'} · Reconciliation · Leadline` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const { ctx } = context;
  const query = new URL(request.url).searchParams;
  const run = await getRun(ctx, Number(params.id)).catch(notFound);
  const asked = query.get('reason');
  const shown: Shown = asked === 'all' ? 'all' : (REASONS.find((known) => known === asked) ?? 'gaps');
  const reasons = shown === 'all' ? [] : shown === 'gaps' ? GAPS : [shown];
  const number = (name: string): number | undefined => {
    const text = query.get(name) ?? '';
    return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  };
  const draft = run.state === 'draft';
  const [trial, accounts, page] = await Promise.all([
    draft ? tryMapping(ctx, run.id, actor) : null,
    draft ? listAccounts(ctx) : [],
    draft
      ? { items: [], nextAfter: null, prevBefore: null }
      : listRows(ctx, { runId: run.id, reasons, after: number('after'), before: number('before') }),
  ]);
  const names = accounts.map(({ id, name }) => ({ id, name }));
  return { run, trial, page, shown, accounts: names, mayRun: can(actor.role, 'reconcile') };
}

function notFound(error: unknown): never {
  if (error instanceof AppError && error.code === 'NOT_FOUND')
    throw new Response(error.message, { status: 404 });
  throw error;
}

export const action = runAction;

/** One reconciliation: its mapping while it waits, then its progress and what came of every row. */
export default function Reconciliation() {
  const { run, trial, page, shown, accounts, mayRun } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['jobs'], revalidate);
  const [asking, setAsking] = useState(false);
  const draft = run.state === 'draft';
  return (
    <div className="page">
      <PageHead
        title={run.name}
        sub={
          <>
            <StatusBadge {...stateOf(run)} />
            <span className="ml-2">
              {SOURCE_LABELS[run.source]} · {formatCount(run.rowCount)} rows, {formatBytes(run.bytes)} ·
              uploaded by {run.createdByName} <Time at={run.createdAt} />
            </span>
          </>
        }
        actions={
          <>
            {!draft && (
              <ButtonLink
                small
                icon={Download}
                to={`/export/reconcile.csv?id=${run.id}${shown === 'gaps' ? '' : `&reason=${shown}`}`}
                reloadDocument
              >
                CSV
              </ButtonLink>
            )}
            {!draft && mayRun && !isWorking(run) && (
              <Button small icon={Trash2} onClick={() => setAsking(true)}>
                Delete
              </Button>
            )}
            <ButtonLink small variant="quiet" icon={ArrowLeft} to="/reports/reconcile" className="hide-s">
              Reconciliations
            </ButtonLink>
          </>
        }
      />
      {draft && trial && run.mapping ? (
        <DraftView
          key={run.id}
          run={run}
          mapping={run.mapping}
          trial={trial}
          accounts={accounts}
          mayRun={mayRun}
          onDelete={() => setAsking(true)}
        />
      ) : (
        <ResultView run={run} page={page} shown={shown} mayRun={mayRun} />
      )}
      <DeleteDialog name={run.name} open={asking} onClose={() => setAsking(false)} />
    </div>
  );
}

function DeleteDialog({ name, open, onClose }: { name: string; open: boolean; onClose: () => void }) {
  const fetcher = useFetcher<RunAnswer>();
  const answer = fetcher.data;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      size="narrow"
      title={`Delete ${name}?`}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger"
            data-primary=""
            working={fetcher.state !== 'idle' && 'Deleting'}
            onClick={() => fetcher.submit({ intent: 'delete' }, { method: 'post' })}
          >
            Delete
          </Button>
        </>
      }
    >
      <p className="c2">
        Its rows go with it. Orders, postbacks, leads and refunds stay as they are. It cannot be undone.
      </p>
      {answer && 'error' in answer && (
        <p className="lost" role="alert">
          {answer.error.message}
        </p>
      )}
    </Dialog>
  );
}
