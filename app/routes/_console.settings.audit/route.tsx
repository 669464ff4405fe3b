import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate } from '@remix-run/react';
import { ScrollText } from 'lucide-react';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { ChipMenu } from '#app/ui/chip-menu.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { MenuRadio } from '#app/ui/menu.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { AUDIT_COLUMNS } from './columns.tsx';
import { detailWords, pairsOf, readSubject, SUBJECTS } from './filters.ts';

export const meta = () => [{ title: 'Audit log · Settings · Leadline' }];

const LIMIT = 50;
/** The choice of no kind: a menu wants a value for each. */
const ALL = 'all';

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const subject = readSubject(query);
  const before = query.get('before')?.slice(0, 64) || undefined;
  const page = await listAudit(context.ctx, { subjectType: subject || undefined, before, limit: LIMIT });
  const items = page.items.map((item) => ({ ...item, detail: detailWords(item.detail) }));
  return { items, nextBefore: page.nextBefore, subject, first: before === undefined };
}

const href = (subject: string, before: string | null): string =>
  `/settings/audit?${new URLSearchParams([...pairsOf(subject), ...(before ? [['before', before]] : [])])}`;

export default function Audit() {
  const { items, nextBefore, subject, first } = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  const options = SUBJECTS.map(({ value, label }) => ({ value: value || ALL, label }));
  const shown = subject || ALL;
  return (
    <div className="page-body pt-4">
      <Panel
        title="Who did what"
        padded={false}
        end={
          <>
            <ChipMenu label="Show" value={options.find(({ value }) => value === shown)?.label}>
              <MenuRadio
                value={shown}
                options={options}
                onChange={(value) =>
                  navigate(href(value === ALL ? '' : value, null), { preventScrollReset: true })
                }
              />
            </ChipMenu>
            <ExportLink
              table="audit"
              query={new URLSearchParams(pairsOf(subject)).toString()}
              schedulable={false}
            />
          </>
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
