import type { Column } from '#app/ui/data-table-types.ts';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';

export interface AuditRow {
  id: string;
  actorType: string;
  actorName: string;
  action: string;
  subjectType: string;
  subjectId: string;
  detail: string;
  ip: string | null;
  createdAt: string;
}

/** Pages of the things that deeds are about. */
const PAGES: Record<string, string> = {
  lead: '/leads/',
  message: '/postbacks/',
  campaign: '/campaigns/',
  account: '/settings/accounts/',
  issue: '/issues/',
  job: '/jobs/',
  dispute_batch: '/batches/',
  reconciliation: '/reports/reconcile/',
};

/** "lead disputed" of "lead_disputed". */
const sentence = (action: string): string => {
  const words = action.replaceAll('_', ' ').replace('api key', 'API key');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const AUDIT_COLUMNS: Column<AuditRow>[] = [
  {
    id: 'when',
    header: 'When',
    cell: (item) => <Time at={item.createdAt} />,
    kind: 'muted-num',
    width: 110,
    card: 'end',
  },
  { id: 'what', header: 'What', cell: (item) => sentence(item.action), primary: true, width: 210 },
  {
    id: 'who',
    header: 'Who',
    cell: (item) => (
      <>
        {item.actorName}
        {item.actorType === 'api_key' && <span className="c3"> (API key)</span>}
      </>
    ),
    width: 150,
    card: 'meta',
  },
  {
    id: 'subject',
    header: 'To what',
    width: 200,
    kind: 'muted-mono',
    card: 'meta',
    title: (item) => item.subjectId,
    cell: (item) => {
      const page = PAGES[item.subjectType];
      return page ? <TextLink to={page + item.subjectId}>{item.subjectId}</TextLink> : item.subjectId;
    },
  },
  {
    id: 'detail',
    header: 'Detail',
    cell: (item) => item.detail,
    kind: 'muted',
    card: 'meta',
    title: (item) => item.detail,
  },
  {
    id: 'ip',
    header: 'From',
    cell: (item) => item.ip ?? '',
    kind: 'muted-mono',
    width: 120,
    card: 'metaEnd',
  },
];
