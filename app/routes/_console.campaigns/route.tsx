import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { Megaphone, Plus } from 'lucide-react';
import { campaignFigures, listCampaigns } from '#app/modules/campaigns/index.server.ts';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { CAMPAIGN_COLUMNS } from './columns.tsx';
import { choiceOf, listHref, pairsOf, readKnown } from './filters.ts';
import { CampaignToolbar } from './toolbar.tsx';

export const meta = () => [{ title: 'Campaigns · Leadline' }];

/** Campaigns, newest first, with what came of each. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const { searchParams } = new URL(request.url);
  const networks = (await context.accounts.all()).map((account) => account.name);
  const filters = readKnown(searchParams, networks);
  const page = await listCampaigns(context.ctx, context.wiring.campaigns, {
    ...choiceOf(filters),
    before: searchParams.get('before') ?? undefined,
    after: searchParams.get('after') ?? undefined,
  });
  const figures = await campaignFigures(context.ctx, page.items);
  return {
    filters,
    networks,
    rows: page.items.map((item) => ({ ...item, figures: figures[item.id] ?? null })),
    nextBefore: page.nextBefore,
    nextAfter: page.nextAfter,
    mayManage: can(actor.role, 'manage_campaigns'),
  };
}

export default function Campaigns() {
  const { filters, networks, rows, nextBefore, nextAfter, mayManage } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['campaigns', 'leads'], revalidate, 2_000);
  const pairs = pairsOf(filters);
  const add = mayManage && (
    <ButtonLink variant="primary" icon={Plus} to="/campaigns/new">
      New campaign
    </ButtonLink>
  );
  return (
    <Workspace>
      <PageHead
        title="Campaigns"
        sub={rows.length === 1 ? '1 shown' : `${rows.length} shown`}
        actions={add}
      />
      <CampaignToolbar filters={filters} networks={networks} />
      <DataTable
        label="Campaigns"
        columns={CAMPAIGN_COLUMNS}
        rows={rows}
        rowId={(row) => row.id}
        rowHref={(row) => `/campaigns/${row.id}`}
        minWidth={1080}
        empty={
          pairs.length > 0 ? (
            <NoMatch names={pairs.map(([name]) => name)} />
          ) : (
            <NoCampaigns mayManage={mayManage} />
          )
        }
        footer={{
          text: rows.length === 0 ? 'No campaigns' : `${rows.length} on this page`,
          prevHref: nextAfter === null ? null : listHref(pairs, { after: nextAfter }),
          nextHref: nextBefore === null ? null : listHref(pairs, { before: nextBefore }),
        }}
      />
    </Workspace>
  );
}

function NoCampaigns({ mayManage }: { mayManage: boolean }) {
  return (
    <EmptyState
      kind="empty"
      icon={Megaphone}
      title="No campaign is known here yet"
      actions={
        mayManage && (
          <ButtonLink to="/campaigns/new" icon={Plus}>
            Import the first
          </ButtonLink>
        )
      }
    >
      Paste the id of a campaign, or the link of its page at the network. Its terms are fetched, and five
      steps prove that your tracking works before anybody is paid.
    </EmptyState>
  );
}

const NAMES: Record<string, string> = {
  q: 'the search',
  status: 'the status',
  network: 'the account',
  confirmed: 'tracking',
};

function NoMatch({ names }: { names: readonly string[] }) {
  return (
    <EmptyState
      kind="no-match"
      title="No campaign matches"
      actions={<ButtonLink to="/campaigns">Show all campaigns</ButtonLink>}
    >
      Drop {names.map((name) => NAMES[name] ?? name).join(' or ')} to see more.
    </EmptyState>
  );
}
