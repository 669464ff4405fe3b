import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import type { BatchView } from '#app/modules/disputes/batch-schema.ts';
import { listBatches } from '#app/modules/disputes/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { BATCH_COLUMNS } from './columns.tsx';

export const meta = () => [{ title: 'Disputes in bulk · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const given = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\0', '').slice(0, 64).toWellFormed() || undefined;
  return listBatches(context.ctx, { limit: 50, after: given('after'), before: given('before') });
}

const href = (name: 'after' | 'before', id: string | null): string | null =>
  id === null ? null : `?${new URLSearchParams({ [name]: id })}`;

/** Every batch of disputes: its name, who started it, how far it is, and what came of it. */
export default function Batches() {
  const data = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['jobs'], revalidate);
  const paged = data.nextAfter !== null || data.prevBefore !== null;
  return (
    <Workspace>
      <PageHead
        title="Disputes in bulk"
        sub="many leads disputed at once, each with its own reason"
        actions={
          <>
            <TextLink to="/leads">Leads</TextLink> <TextLink to="/refunds">Refunds</TextLink>
            <ExportLink table="batches" query="" schedulable={false} />
          </>
        }
      />
      <DataTable<BatchView>
        label="Batches"
        columns={BATCH_COLUMNS}
        rows={data.items}
        rowId={(batch) => batch.id}
        rowHref={(batch) => `/batches/${encodeURIComponent(batch.id)}`}
        empty={
          <EmptyState
            kind="empty"
            title="Nothing was disputed in bulk yet"
            actions={<ButtonLink to="/refunds?view=review">Go to Refunds</ButtonLink>}
          >
            Select rows of Leads or Refunds, or everything that matches their filters, and dispute them with
            one reason. What was started is here, with what came of every row.
          </EmptyState>
        }
        minWidth={980}
        footer={{
          text: `${data.items.length} ${data.items.length === 1 ? 'batch' : 'batches'}${paged ? ' on this page' : ''}`,
          prevHref: href('before', data.prevBefore),
          nextHref: href('after', data.nextAfter),
        }}
      />
    </Workspace>
  );
}
