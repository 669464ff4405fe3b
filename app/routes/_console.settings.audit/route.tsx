import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ScrollText } from 'lucide-react';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { AUDIT_COLUMNS } from './columns.tsx';

export const meta = () => [{ title: 'Audit log · Settings · Leadline' }];

const SUBJECTS = [
  { value: '', label: 'All' },
  { value: 'account', label: 'Accounts' },
  { value: 'api_key', label: 'Keys' },
  { value: 'user', label: 'People' },
  { value: 'message', label: 'Postbacks' },
  { value: 'lead', label: 'Leads' },
  { value: 'refund', label: 'Refunds' },
  { value: 'campaign', label: 'Campaigns' },
  { value: 'issue', label: 'Issues' },
  { value: 'breaker', label: 'Breakers' },
  { value: 'job', label: 'Bulk jobs' },
  { value: 'dispute_batch', label: 'Batches' },
  { value: 'reason_template', label: 'Templates' },
  { value: 'reconciliation', label: 'Reconciliations' },
  { value: 'scheduled_export', label: 'Scheduled exports' },
  { value: 'alert_rule', label: 'Alert rules' },
  { value: 'alert_channel', label: 'Channels' },
  { value: 'webhook_endpoint', label: 'Webhooks' },
];
const LIMIT = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const subject = SUBJECTS.find(({ value }) => value === query.get('subject'))?.value ?? '';
  const before = query.get('before')?.slice(0, 64) || undefined;
  const page = await listAudit(context.ctx, { subjectType: subject || undefined, before, limit: LIMIT });
  const items = page.items.map(({ detail, ...item }) => ({
    ...item,
    detail: detail === null ? '' : wordsOf(detail),
  }));
  return { items, nextBefore: page.nextBefore, subject, first: before === undefined };
}

/** A detail as one line: "name shop, scopes ingest, read". */
function wordsOf(detail: Record<string, unknown>): string {
  const word = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(word).join(', ');
    if (value !== null && typeof value === 'object') return wordsOf(value as Record<string, unknown>);
    return String(value);
  };
  return Object.entries(detail)
    .map(([name, value]) => `${name} ${word(value)}`)
    .join(' · ')
    .slice(0, 500);
}

const href = (subject: string, before: string | null): string =>
  `/settings/audit?${new URLSearchParams([...(subject ? [['subject', subject]] : []), ...(before ? [['before', before]] : [])])}`;

export default function Audit() {
  const { items, nextBefore, subject, first } = useLoaderData<typeof loader>();
  const options = SUBJECTS.map((option) => ({ ...option, to: href(option.value, null) }));
  return (
    <div className="page-body pt-4">
      <Panel
        title="Who did what"
        padded={false}
        end={
          <span className="hide-s">
            <Segmented label="Show" value={subject} options={options} small />
          </span>
        }
      >
        <DataTable
          label="Audit log"
          columns={AUDIT_COLUMNS}
          rows={items}
          rowId={(item) => item.id}
          minWidth={860}
          empty={
            <EmptyState
              kind={subject ? 'no-match' : 'empty'}
              icon={ScrollText}
              title={subject ? 'Nothing of this kind was done yet' : 'Nothing was done yet'}
              actions={subject && <ButtonLink to="/settings/audit">Show all</ButtonLink>}
            >
              Everything people and API keys change is kept here, with their name and address.
            </EmptyState>
          }
          footer={{
            text: `${items.length} ${items.length === 1 ? 'entry' : 'entries'}${first ? ', the newest' : ''}`,
            ...(first ? {} : { prevHref: href(subject, null) }),
            nextHref: nextBefore === null ? null : href(subject, nextBefore),
          }}
        />
      </Panel>
    </div>
  );
}
