import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { Webhook } from 'lucide-react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { listEvents } from '#app/modules/webhooks/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { EVENT_COLUMNS } from '../_console.settings.webhooks/event-columns.tsx';
import { eventsHref, filterOf, isFiltered, parseEventsUrl } from '../_console.settings.webhooks/filters.ts';
import { findEndpoint, orNotFound } from '../_console.settings.webhooks/find.server.ts';
import { EventFilters } from './event-filters.tsx';

export const meta = () => [{ title: 'Deliveries of a webhook endpoint · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const endpoint = await findEndpoint(context, params.id);
  const url = parseEventsUrl(new URL(request.url).searchParams);
  const page = await orNotFound(
    listEvents(context.ctx, {
      endpointId: endpoint.id,
      filter: filterOf(url),
      before: url.before,
      after: url.after,
    }),
  );
  return { ...page, url, endpointId: endpoint.id, source: endpoint.source };
}

/** Everything that the provider sent here, newest first. */
export default function Deliveries() {
  const { items, next, prev, url, endpointId, source } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['webhooks'], revalidate, 2_000);
  const filtered = isFiltered(url);
  const first = url.before === undefined && url.after === undefined;
  return (
    <section className="panel" aria-label="Deliveries">
      <EventFilters endpointId={endpointId} source={source} url={url} />
      <DataTable
        label="Deliveries"
        columns={EVENT_COLUMNS}
        rows={items}
        rowId={(item) => item.id}
        rowHref={(item) => `/settings/webhooks/${endpointId}/events/${item.id}`}
        minWidth={820}
        empty={
          filtered ? (
            <EmptyState
              kind="no-match"
              title="No delivery matches"
              actions={
                <ButtonLink to={eventsHref(endpointId, { state: null, type: null, q: null, mode: null })}>
                  Show all
                </ButtonLink>
              }
            >
              A search looks for an id exactly: of the event, or of the session, charge, refund or order it is
              about.
            </EmptyState>
          ) : (
            <EmptyState
              kind="empty"
              icon={Webhook}
              title="Nothing has arrived yet"
              actions={
                <ButtonLink to={`/settings/webhooks/${endpointId}/setup`} variant="primary">
                  Address and events
                </ButtonLink>
              }
            >
              Add the address at the provider and send a test event from there: it appears here within a
              second, with what it became, or why it was refused.
            </EmptyState>
          )
        }
        footer={{
          text: `${items.length} ${items.length === 1 ? 'delivery' : 'deliveries'}${first ? ', the newest' : ''}`,
          prevHref: prev === null ? null : eventsHref(endpointId, url, {}, { after: prev }),
          nextHref: next === null ? null : eventsHref(endpointId, url, {}, { before: next }),
        }}
      />
    </section>
  );
}
