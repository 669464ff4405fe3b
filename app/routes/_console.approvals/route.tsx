import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useRevalidator, useSearchParams } from '@remix-run/react';
import { useMemo } from 'react';
import type { ApprovalItem, FourEyes } from '#app/modules/disputes/approval-schema.ts';
import { countApprovals, listApprovals, readFourEyes } from '#app/modules/disputes/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { RowKey } from '#app/ui/data-table-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { useStableRows } from '../_console.leads/use-stable-rows.ts';
import { ApprovalDrawer } from './approval-drawer.tsx';
import { waitingWords } from './approval-words.ts';
import { approvalColumns } from './columns.tsx';
import { readView } from './filters.ts';
import { useApprovals } from './use-approvals.tsx';

export const meta = () => [{ title: 'Approvals · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const given = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\0', '').slice(0, 128).toWellFormed() || undefined;
  const state = readView(query);
  const [page, counts, rule] = await Promise.all([
    listApprovals(context.ctx, { actor, state, limit: 50, after: given('after'), before: given('before') }),
    countApprovals(context.ctx),
    readFourEyes(context.ctx),
  ]);
  return { ...page, counts, rule, state };
}

const CAP = 1000;

/** Disputes that wait for a second person, the nearest deadline first; who asked for one never approves it. */
export default function Approvals() {
  const data = useLoaderData<typeof loader>();
  const { counts, state } = data;
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  useLive(['leads', 'refunds'], revalidate);
  const { actions, dialog } = useApprovals(revalidate);
  const columns = useMemo(() => approvalColumns(actions, state), [actions, state]);
  const placed = new URLSearchParams(query);
  placed.delete('open');
  const view = useStableRows({ rows: data.items, idOf, groupOf: stateOf, scope: placed.toString() });
  const openId = query.get('open');
  const rowKeys: RowKey<ApprovalItem>[] = [
    { key: 'e', label: 'approve', hint: true, run: ([row]) => row && actions.act(row, 'approve') },
    { key: 'r', label: 'reject', hint: true, run: ([row]) => row && actions.act(row, 'reject') },
    { key: 'w', label: 'withdraw your own', run: ([row]) => row && actions.act(row, 'withdraw') },
  ];
  const goTo = (open: string | null) => navigate(hrefWith(query, { open }), { preventScrollReset: true });
  return (
    <>
      <Workspace drawer={<OpenApproval rows={view.rows} openId={openId} actions={actions} goTo={goTo} />}>
        <PageHead
          title="Approvals"
          sub={waitingWords(counts)}
          actions={
            <>
              <TextLink to="/settings/refunds">Four eyes</TextLink>
              <ExportLink table="approvals" query={query.toString()} schedulable={false} />
            </>
          }
        />
        <Tabs
          label="Approvals by state"
          current={state}
          items={[
            {
              key: 'pending',
              label: 'Waiting',
              to: '/approvals',
              count: formatCount(Math.min(counts.pending, CAP), counts.pending > CAP),
            },
            { key: 'decided', label: 'Decided', to: '/approvals?view=decided' },
          ]}
        />
        <DataTable<ApprovalItem>
          label="Approvals"
          columns={columns}
          rows={view.rows}
          newRows={{ count: view.added, onShow: view.showAll }}
          rowId={idOf}
          rowHref={({ id }) => hrefWith(query, { open: id })}
          onOpen={goTo}
          openId={openId}
          rowKeys={state === 'pending' ? rowKeys : undefined}
          empty={<Nothing state={state} rule={data.rule} />}
          minWidth={1060}
          footer={{
            text: `${formatCount(data.items.length)} ${data.items.length === 1 ? 'approval' : 'approvals'}${data.nextAfter || data.prevBefore ? ' on this page' : ''}`,
            prevHref: data.prevBefore && hrefWith(query, { before: data.prevBefore, open: null }),
            nextHref: data.nextAfter && hrefWith(query, { after: data.nextAfter, open: null }),
          }}
        />
      </Workspace>
      {dialog}
    </>
  );
}

const idOf = ({ id }: ApprovalItem): string => id;
const stateOf = ({ state }: ApprovalItem): string => state;

function OpenApproval({
  rows,
  openId,
  actions,
  goTo,
}: {
  rows: readonly ApprovalItem[];
  openId: string | null;
  actions: Parameters<typeof approvalColumns>[0];
  goTo: (open: string | null) => void;
}) {
  const at = rows.findIndex(({ id }) => id === openId);
  const approval = rows[at];
  if (!approval) return null;
  const step = (to: number) => {
    const id = rows[to]?.id;
    return id === undefined ? null : () => goTo(id);
  };
  return (
    <ApprovalDrawer
      key={approval.id}
      approval={approval}
      actions={actions}
      position={`${at + 1} of ${rows.length}`}
      onPrev={step(at - 1)}
      onNext={step(at + 1)}
      onClose={() => goTo(null)}
    />
  );
}

function Nothing({ state, rule }: { state: 'pending' | 'decided'; rule: FourEyes }) {
  if (state === 'decided')
    return (
      <EmptyState kind="empty" title="Nothing was decided yet">
        Disputes that somebody approved, rejected or withdrew are kept here, with who asked for them and why.
      </EmptyState>
    );
  if (rule.enabled)
    return (
      <EmptyState kind="done" title="Nothing waits for approval">
        Disputes above the sum in Settings come here, for another person than who asked for them.
      </EmptyState>
    );
  return (
    <EmptyState
      kind="empty"
      title="Four eyes are off"
      actions={<ButtonLink to="/settings/refunds">Look at the settings</ButtonLink>}
    >
      Whoever may dispute does so alone. With four eyes on, disputes above a sum wait here for a second
      person.
    </EmptyState>
  );
}
