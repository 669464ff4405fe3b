import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { Megaphone } from 'lucide-react';
import { useMemo } from 'react';
import { type CampaignView, campaignName } from '#app/modules/campaigns/campaign-schema.ts';
import { listCampaigns } from '#app/modules/campaigns/index.server.ts';
import { listPolicies } from '#app/modules/disputes/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { Callout } from '#app/ui/callout.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { DEED_LABELS, KIND_WORDS } from '../_console.settings.refunds/policy-words.ts';
import { findAccountRules } from '../_console.settings.refunds/read-accounts.server.ts';

export const meta = () => [{ title: 'Refund rules of campaigns · Settings · Leadline' }];
const LIMIT = 50;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const { id, name } = await findAccountRules(context, params.accountId);
  const query = new URL(request.url).searchParams;
  const given = (key: string): string | undefined =>
    query.get(key)?.replaceAll('\0', '').slice(0, 255) || undefined;
  const [own, page] = await Promise.all([
    listPolicies(context.ctx, { accountId: id }),
    listCampaigns(context.ctx, context.wiring.campaigns, {
      network: name,
      q: given('q'),
      before: given('before'),
      after: given('after'),
      limit: LIMIT,
    }),
  ]);
  const saved = given('saved') ?? null;
  return { account: { id, name }, own, page, q: given('q') ?? '', saved };
}

type Own = ReturnType<typeof useLoaderData<typeof loader>>['own']['items'][number];

/** What an own rule says, in a line: "Full refunds: ask a person · …". */
const inShort = ({ rules }: Own): string =>
  (['full', 'partial', 'chargeback', 'fraud'] as const)
    .map((kind) => `${KIND_WORDS[kind].label}: ${DEED_LABELS[rules[kind].do].toLowerCase()}`)
    .join(' · ');

function columnsOf(own: ReadonlyMap<string, Own>): Column<CampaignView>[] {
  const of = (campaign: CampaignView) => own.get(campaign.networkCampaignId);
  return [
    {
      id: 'name',
      header: 'Campaign',
      width: 220,
      primary: true,
      cell: campaignName,
      title: campaignName,
    },
    {
      id: 'rules',
      header: 'Refund rules',
      card: 'meta',
      cell: (campaign) => {
        const rules = of(campaign);
        return rules ? inShort(rules) : <span className="c3">the account’s</span>;
      },
      title: (campaign) => {
        const rules = of(campaign);
        return rules && inShort(rules);
      },
    },
    {
      id: 'changed',
      header: 'Changed',
      width: 104,
      kind: 'muted-num',
      card: 'end',
      cell: (campaign) => {
        const rules = of(campaign);
        return rules ? <Time at={rules.updatedAt} /> : null;
      },
    },
  ];
}

/** Campaigns of an account: those with refund rules of their own first, then all of them, searched by name. */
export default function CampaignRules() {
  const { account, own, page, q, saved } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const base = `/settings/refunds/${encodeURIComponent(account.id)}/campaigns`;
  const columns = useMemo(
    () => columnsOf(new Map(own.items.map((item) => [item.networkCampaignId, item]))),
    [own],
  );
  const to = (id: string) => `${base}/${encodeURIComponent(id)}`;
  return (
    <div className="page-body pt-4">
      {saved !== null && (
        <div role="status">
          <Callout meaning="good" title="Saved.">
            It decides about refunds from now on, and about those in a grace time when it ends; what was
            decided stays.
          </Callout>
        </div>
      )}
      <p className="c2">
        Campaigns of <span className="mono">{account.name}</span> follow{' '}
        <TextLink to={`/settings/refunds/${encodeURIComponent(account.id)}`}>the account’s rules</TextLink>{' '}
        unless they have rules of their own.
      </p>
      {own.items.length > 0 && (
        <Panel
          title="With rules of their own"
          end={`${own.items.length}${own.more ? '+' : ''}`}
          padded={false}
        >
          <ul aria-label="Campaigns with rules of their own" className="pb grid gap-2">
            {own.items.map((item) => (
              <li key={item.networkCampaignId} className="flex flex-wrap gap-x-3">
                <TextLink to={to(item.networkCampaignId)}>
                  {item.campaignName ?? item.networkCampaignId}
                </TextLink>
                <span className="c3">{inShort(item)}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title="All campaigns" padded={false}>
        <Toolbar>
          <SearchChip value={q} placeholder="Name or id" keep={[]} />
        </Toolbar>
        <DataTable<CampaignView>
          label="Campaigns"
          columns={columns}
          rows={page.items}
          rowId={(campaign) => campaign.networkCampaignId}
          rowHref={(campaign) => to(campaign.networkCampaignId)}
          minWidth={680}
          empty={
            q === '' ? (
              <EmptyState kind="empty" icon={Megaphone} title="No campaign yet">
                Campaigns come here when they are imported, or when a postback of theirs is answered. Until
                then the account’s rules hold for all of them.
              </EmptyState>
            ) : (
              <EmptyState kind="no-match" title={`No campaign is called “${q}”`}>
                Part of the name or of the network’s id finds it.
              </EmptyState>
            )
          }
          footer={{
            text: `${page.items.length} ${page.items.length === 1 ? 'campaign' : 'campaigns'}${page.nextAfter || page.nextBefore ? ' on this page' : ''}`,
            prevHref: page.nextAfter && hrefWith(query, { after: page.nextAfter, before: null, saved: null }),
            nextHref:
              page.nextBefore && hrefWith(query, { before: page.nextBefore, after: null, saved: null }),
          }}
        />
      </Panel>
    </div>
  );
}
