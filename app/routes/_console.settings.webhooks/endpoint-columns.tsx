import { Ban, CircleCheck, TriangleAlert } from 'lucide-react';
import type { EndpointView } from '#app/modules/webhooks/endpoint-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { PROVIDERS } from './provider-words.ts';

/** Whether an endpoint takes anything, and whether something of it needs a look. */
export function EndpointState({ item, inTable = false }: { item: EndpointView; inTable?: boolean }) {
  if (!item.enabled) return <StatusBadge meaning="neutral" icon={Ban} label="Off" inTable={inTable} />;
  if (item.troubled > 0)
    return (
      <StatusBadge
        meaning="needs"
        icon={TriangleAlert}
        label={`${formatCount(Math.min(item.troubled, 1_000), item.troubled > 1_000)} to look at`}
        inTable={inTable}
      />
    );
  return <StatusBadge meaning="good" icon={CircleCheck} label="On" inTable={inTable} />;
}

export const ENDPOINT_COLUMNS: Column<EndpointView>[] = [
  {
    id: 'provider',
    header: 'Provider',
    width: 100,
    card: 'meta',
    cell: (item) => PROVIDERS[item.source].label,
  },
  {
    id: 'path',
    header: 'Address',
    primary: true,
    title: (item) => item.path,
    cell: (item) => <span className="mono">{item.path}</span>,
  },
  {
    id: 'account',
    header: 'Account',
    width: 140,
    kind: 'muted',
    cell: (item) => item.network ?? <span className="waiting">none yet</span>,
  },
  {
    id: 'last',
    header: 'Last event',
    width: 120,
    card: 'metaEnd',
    cell: (item) =>
      item.lastEventAt === null ? (
        <span className="c3">none yet</span>
      ) : (
        <Time at={item.lastEventAt} as="ago" />
      ),
  },
  {
    id: 'state',
    header: 'State',
    width: 172,
    card: 'end',
    cell: (item) => <EndpointState item={item} inTable />,
  },
];
