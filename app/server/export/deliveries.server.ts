import { listDeliveries } from '#app/modules/alerts/index.server.ts';
import type { DeliveryView } from '#app/modules/alerts/view-schema.ts';
import type { EventItem } from '#app/modules/webhooks/endpoint-schema.ts';
import { getEndpoint, listEvents } from '#app/modules/webhooks/index.server.ts';
import { readStatus } from '../../routes/_console.settings.alerts_.deliveries/filters.ts';
import { filterOf, parseEventsUrl } from '../../routes/_console.settings.webhooks/filters.ts';
import { CHUNK, exportTable } from './table.ts';

/** Alerts that were told, as /settings/alerts/deliveries shows them, newest first. Where a channel leads stays out. */
export const alertDeliveries = exportTable<DeliveryView>({
  async read({ ctx }, query) {
    const status = readStatus(query);
    return async (cursor) => {
      const page = await listDeliveries(ctx, { status, limit: CHUNK, before: cursor ?? undefined });
      return { rows: page.items, next: page.next };
    };
  },
  columns: [
    { header: 'Delivery', text: (row) => row.id },
    { header: 'When', time: (row) => row.createdAt },
    { header: 'What', text: (row) => row.title },
    { header: 'Transition', text: (row) => row.transition },
    { header: 'Kind', text: (row) => row.kind },
    { header: 'Rule', text: (row) => row.ruleName },
    { header: 'Channel', text: (row) => row.channel?.name ?? null },
    { header: 'Kind of channel', text: (row) => row.channel?.kind ?? null },
    { header: 'State', text: (row) => row.status },
    { header: 'Tries', text: (row) => row.attempts },
    { header: 'Answer', text: (row) => row.responseStatus },
    { header: 'Error', text: (row) => row.lastError },
    { header: 'Due', time: (row) => row.dueAt },
    { header: 'Sent', time: (row) => row.sentAt },
  ],
});

/**
 * What a provider sent to an endpoint, `endpoint` its id, as its page shows it, newest first: never bodies or headers.
 * NOT_FOUND, before the first byte, for an endpoint that there is not.
 */
export const webhookEvents = exportTable<EventItem>({
  async read({ ctx }, query) {
    const { id: endpointId } = await getEndpoint(ctx, query.get('endpoint')?.replaceAll('\0', '') ?? '');
    const filter = filterOf(parseEventsUrl(query));
    return async (cursor) => {
      const page = await listEvents(ctx, { endpointId, filter, limit: CHUNK, before: cursor ?? undefined });
      return { rows: page.items, next: page.next };
    };
  },
  columns: [
    { header: 'Delivery', text: (row) => row.id },
    { header: 'Received', time: (row) => row.receivedAt },
    { header: 'Event', text: (row) => row.type },
    { header: "Provider's event", text: (row) => row.eventId },
    { header: 'About', text: (row) => row.subjectId },
    { header: 'Test', text: (row) => (row.testMode ? 'yes' : 'no') },
    { header: 'State', text: (row) => row.state },
    { header: 'Why', text: (row) => row.words },
    { header: 'What it became', text: (row) => row.became.map(({ words }) => words).join(' ') },
    { header: 'Sent', text: (row) => row.deliveries },
    { header: 'Occurred', time: (row) => row.occurredAt },
    { header: 'Handled', time: (row) => row.handledAt },
  ],
});
