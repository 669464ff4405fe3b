import type { DeliveryView } from '#app/modules/alerts/view-schema.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { Time } from '#app/ui/time.tsx';
import { DeliveryState } from './delivery-state.tsx';

export const LOG_COLUMNS: Column<DeliveryView>[] = [
  {
    id: 'when',
    header: 'When',
    cell: (item) => <Time at={item.createdAt} />,
    kind: 'muted-num',
    width: 110,
    card: 'metaEnd',
  },
  {
    id: 'what',
    header: 'What',
    primary: true,
    title: (item) => item.title,
    cell: (item) => (
      <>
        {item.transition === 'cleared' && <span className="good">Over: </span>}
        {item.title}
      </>
    ),
  },
  {
    id: 'rule',
    header: 'Rule',
    kind: 'muted',
    width: 150,
    title: (item) => item.ruleName ?? undefined,
    cell: (item) => item.ruleName ?? (item.transition === 'test' ? 'a test' : 'several'),
  },
  {
    id: 'channel',
    header: 'Channel',
    kind: 'muted',
    width: 150,
    card: 'meta',
    title: (item) => item.channel?.name,
    cell: (item) => item.channel?.name ?? <span className="c3">removed</span>,
  },
  {
    id: 'answer',
    header: 'Answer',
    kind: 'muted-num',
    width: 70,
    cell: (item) => item.responseStatus ?? '',
  },
  {
    id: 'state',
    header: 'State',
    width: 220,
    card: 'end',
    title: (item) => item.lastError ?? undefined,
    cell: (item) => <DeliveryState item={item} inTable />,
  },
];
