import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { listRuns } from '#app/modules/reconcile/index.server.ts';
import type { RunView } from '#app/modules/reconcile/schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Callout } from '#app/ui/callout.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { RUN_COLUMNS } from './columns.tsx';
import { UploadPanel } from './upload-panel.tsx';

export const meta = () => [{ title: 'Reconciliation · Reports · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const number = (name: string): number | undefined => {
    const text = query.get(name) ?? '';
    return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  };
  const page = await listRuns(context.ctx, { after: number('after'), before: number('before') });
  return { ...page, mayRun: can(actor.role, 'reconcile'), role: actor.role };
}

/** Compares a file of billing or of a network with what Leadline knows, and shows what was compared before. */
export default function Reconcile() {
  const { items, nextAfter, prevBefore, mayRun, role } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['jobs'], revalidate);
  return (
    <div className="page-body pt-3">
      {mayRun ? (
        <UploadPanel />
      ) : (
        <Callout title="You can read what was compared.">
          Uploading files needs the role owner or finance; yours is {role}.
        </Callout>
      )}
      <Panel title="Reconciliations" padded={false}>
        <DataTable<RunView>
          label="Reconciliations"
          columns={RUN_COLUMNS}
          rows={items}
          rowId={(run) => String(run.id)}
          rowHref={(run) => `/reports/reconcile/${run.id}`}
          minWidth={880}
          empty={
            <EmptyState kind="empty" title="Nothing was compared yet">
              Upload what billing says was sold, or what a network says it owes. Every row is held against
              Leadline, and what does not fit is listed with what to do.
            </EmptyState>
          }
          footer={{
            text: `${formatCount(items.length)} on this page`,
            prevHref: prevBefore === null ? null : `?before=${prevBefore}`,
            nextHref: nextAfter === null ? null : `?after=${nextAfter}`,
          }}
        />
      </Panel>
    </div>
  );
}
