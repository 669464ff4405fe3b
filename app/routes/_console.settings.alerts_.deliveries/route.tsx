import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { ScrollText } from 'lucide-react';
import { listDeliveries } from '#app/modules/alerts/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { AlertsHead } from '../_console.settings.alerts/alerts-head.tsx';
import { LOG_COLUMNS } from './columns.tsx';
import { readStatus } from './filters.ts';

export const meta = () => [{ title: 'Log of alerts · Settings · Leadline' }];

const SHOWN = [
  { value: '', label: 'All' },
  { value: 'failed', label: 'Failed' },
  { value: 'queued', label: 'Waiting' },
  { value: 'sent', label: 'Sent' },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const status = readStatus(query);
  const cursor = (name: string) => query.get(name)?.slice(0, 64) || undefined;
  const page = await listDeliveries(context.ctx, {
    status,
    before: cursor('before'),
    after: cursor('after'),
  });
  return { ...page, status: status ?? '', first: !cursor('before') && !cursor('after') };
}

const href = (status: string, cursor: Record<string, string> = {}): string =>
  `/settings/alerts/deliveries?${new URLSearchParams({ ...(status ? { status } : {}), ...cursor })}`;

export default function AlertLog() {
  const { items, next, prev, status, first } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['alerts'], revalidate);
  const options = SHOWN.map((option) => ({ ...option, to: href(option.value) }));
  return (
    <div className="page-body pt-4">
      <AlertsHead current="log" />
      <Panel
        title="What was told"
        padded={false}
        end={
          <>
            <Segmented label="Show" value={status} options={options} small />
            <ExportLink
              table="alert-deliveries"
              query={status === '' ? '' : `status=${status}`}
              schedulable={false}
            />
          </>
        }
      >
        <DataTable
          label="Log of alerts"
          columns={LOG_COLUMNS}
          rows={items}
          rowId={(item) => item.id}
          rowHref={(item) => `/settings/alerts/deliveries/${item.id}`}
          minWidth={820}
          empty={
            <EmptyState
              kind={status ? 'no-match' : 'empty'}
              icon={ScrollText}
              title={status ? 'None of this kind' : 'Nothing was told yet'}
              actions={
                status ? (
                  <ButtonLink to="/settings/alerts/deliveries">Show all</ButtonLink>
                ) : (
                  <ButtonLink to="/settings/alerts">Rules and channels</ButtonLink>
                )
              }
            >
              {status
                ? 'Drop the filter to see the others.'
                : 'Every alert stands here with what the other side answered, tests among them.'}
            </EmptyState>
          }
          footer={{
            text: `${items.length} ${items.length === 1 ? 'delivery' : 'deliveries'}${first ? ', the newest' : ''}`,
            prevHref: prev === null ? null : href(status, { after: prev }),
            nextHref: next === null ? null : href(status, { before: next }),
          }}
        />
      </Panel>
    </div>
  );
}
