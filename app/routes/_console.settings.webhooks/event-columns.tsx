import type { EventItem } from '#app/modules/webhooks/endpoint-schema.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { Tag } from '#app/ui/tag.tsx';
import { Time } from '#app/ui/time.tsx';
import { EventStateBadge, lineOf } from './event-words.tsx';

/** Deliveries of one endpoint. */
export const EVENT_COLUMNS: Column<EventItem>[] = [
  {
    id: 'when',
    header: 'When',
    cell: (item) => <Time at={item.receivedAt} />,
    kind: 'muted-num',
    width: 110,
    card: 'metaEnd',
  },
  {
    id: 'type',
    header: 'Event',
    primary: true,
    width: 250,
    title: (item) => item.type ?? undefined,
    cell: (item) => (
      <>
        {item.type === null ? (
          <span className="c2">not read</span>
        ) : (
          <span className="mono">{item.type}</span>
        )}{' '}
        {item.testMode && <Tag>test</Tag>}
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 120,
    card: 'end',
    cell: (item) => <EventStateBadge state={item.state} inTable />,
  },
  {
    id: 'became',
    header: 'What it became',
    card: 'meta',
    title: (item) => lineOf(item),
    cell: (item) => lineOf(item),
  },
  {
    id: 'deliveries',
    header: 'Sent',
    kind: 'muted-num',
    width: 70,
    title: (item) => (item.deliveries > 1 ? 'The provider sent it again; it counts once' : undefined),
    cell: (item) => (item.deliveries === 1 ? 'once' : `${item.deliveries} ×`),
  },
];
