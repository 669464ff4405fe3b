import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useNavigation, useRevalidator, useSearchParams } from '@remix-run/react';
import { can, listUsers, requireUser } from '#app/modules/operators/index.server.ts';
import { issueTotals } from '#app/modules/triage/index.server.ts';
import { ISSUE_STATES, type IssueState } from '#app/modules/triage/schema.ts';
import { listViews } from '#app/modules/views/index.server.ts';
import { nowOf } from '#app/platform/context.server.ts';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { PageHead } from '#app/ui/page-head.tsx';
import { readZone } from '#app/ui/preferences.ts';
import { currentView, SavedViews } from '#app/ui/saved-views.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { UnreadFilters } from '#app/ui/unread-filters.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { useSelection } from '#app/ui/use-selection.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { useStableRows } from '../_console.leads/use-stable-rows.ts';
import { BulkBar } from './bulk-bar.tsx';
import { EmptyIssues } from './empty-issues.tsx';
import { problemsOf } from './filter-problems.ts';
import { cleanQuery, exportQuery, filterOf, hrefWith, parseIssuesUrl, tabHref } from './filters.ts';
import type { Targets } from './issue-change.ts';
import { issueDepsOf, peopleOf, readIssue, readIssues } from './issue-page.server.ts';
import { IssueRows } from './issue-rows.tsx';
import { heldWords, placeWords, STATE_LABELS } from './issue-words.ts';
import { OpenIssue } from './open-issue.tsx';
import { IssueToolbar, IssueTools } from './toolbar.tsx';
import { useIssueActions } from './use-issue-actions.tsx';
import { issueKeys, useIssueCommands } from './use-issue-keys.tsx';

export const meta = () => [{ title: 'Issues · Leadline' }];
const LIMIT = 50;
const CAP = 1_000;
/** Postbacks change all the time; what they change here is read at this pace, in ms. */
const PACE_MS = 3_000;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user, actor } = await requireUser(request, context);
  const url = parseIssuesUrl(new URL(request.url).searchParams);
  const { ctx } = context;
  const deps = issueDepsOf(context);
  const filter = filterOf(url, nowOf(ctx).getTime(), readZone(request.headers.get('cookie')));
  const { state: _state, ...narrowed } = filter;
  const [page, totals, open, accounts, users, views] = await Promise.all([
    readIssues(ctx, deps, { filter, order: url.order, limit: LIMIT, cursor: url.cursor }),
    issueTotals(ctx, narrowed),
    url.open === null ? null : readIssue(ctx, deps, url.open),
    context.accounts.all(),
    listUsers(ctx),
    listViews(ctx, { page: 'issues', actor }),
  ]);
  return {
    ...page,
    totals,
    open,
    views,
    people: { me: { id: user.id, name: user.name }, people: peopleOf(users) },
    networks: accounts.map((account) => ({
      value: account.name,
      label: networkName(account.name, context.wiring.connectorOf(account).label),
    })),
    denied: can(actor.role, 'triage')
      ? null
      : `Working on issues needs another role than yours (${actor.role}). Ask an owner.`,
  };
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

const capped = (n: number): string => formatCount(Math.min(n, CAP), n > CAP);

/** Why postbacks fail, one row a cause, most unpaid money first: what it is, what it costs, who can fix it. */
export default function Issues() {
  const data = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const url = parseIssuesUrl(query);
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const loading = useNavigation().state === 'loading';
  useLive(['issues', 'breakers', 'jobs'], revalidate);
  useLive(['postbacks'], revalidate, PACE_MS, 'later');
  const goTo = (changes: Record<string, string | readonly string[] | null>) =>
    navigate(hrefWith(query, changes), { preventScrollReset: true });
  const scope = cleanQuery(query);
  const selection = useSelection(`${scope} ${url.cursor ?? ''}`);
  const { denied, people } = data;
  const actions = useIssueActions({
    denied,
    onReleased: (open, job) =>
      navigate(hrefWith(withOpen(query, open), { job }), { preventScrollReset: true }),
    onChanged: selection.clear,
  });
  const view = useStableRows({
    rows: data.items,
    idOf: (issue) => issue.id,
    groupOf: () => '',
    scope: `${scope} ${url.cursor ?? ''}`,
  });
  useIssueCommands(data.open, actions, people.me, denied !== null);
  const find = (ids: readonly { id: string }[]) =>
    ids.flatMap(({ id }) =>
      data.open?.id === id ? data.open : (view.rows.find((issue) => issue.id === id) ?? []),
    );
  const matching = data.total > CAP ? null : formatCount(data.total);
  const targets: Targets = selection.allMatching
    ? { query: exportQuery(query), words: `all ${matching === null ? '' : `${matching} `}matching` }
    : view.rows.filter((issue) => selection.has(issue.id));
  // keys act on what is selected, which may be more than the rows of this page
  const keyActions: typeof actions = {
    ...actions,
    change: (issues, change) => actions.change(selection.allMatching ? targets : issues, change),
  };
  const campaigns = new Map(
    data.items.flatMap((issue) =>
      issue.networkCampaignId ? [[issue.networkCampaignId, `${placeWords(issue)}`] as const] : [],
    ),
  );
  const { held, unpaid, unpaidUnknown } = data.totals;
  const saved = currentView(data.views, scope);
  return (
    <>
      <Workspace
        drawer={
          url.open !== null && (
            <OpenIssue
              data={data}
              url={{ open: url.open, job: url.job }}
              goTo={goTo}
              actions={actions}
              rows={view.rows}
            />
          )
        }
      >
        <PageHead
          title="Issues"
          sub={heldWords(held, unpaid, unpaidUnknown)}
          actions={<IssueTools url={url} query={query} />}
        />
        <Tabs
          label="States of issues"
          current={saved ? '' : url.state}
          items={ISSUE_STATES_SHOWN.map((state) => ({
            key: state,
            label: STATE_LABELS[state],
            to: tabHref(query, state),
            count: capped(data.totals.states[state]),
          }))}
          end={
            <SavedViews
              page="issues"
              path="/issues"
              views={data.views}
              current={scope}
              builtIn={ISSUE_STATES.flatMap((state) =>
                state === 'open' ? ['', 'state=open'] : [`state=${state}`],
              )}
              topics={['issues']}
            />
          }
        />
        <IssueToolbar
          url={url}
          query={query}
          choices={{
            networks: data.networks,
            campaigns: [...campaigns].map(([value, label]) => ({ value, label })),
            people: people.people,
          }}
        />
        <UnreadFilters problems={problemsOf(query)} />
        <IssueRows
          url={url}
          query={query}
          issues={view.rows}
          total={data.total > CAP ? null : data.total}
          onOpen={(open) => goTo({ open })}
          openId={url.open}
          status={loading ? 'loading' : 'ready'}
          {...(denied === null ? { selection, rowKeys: rowKeysOf() } : {})}
          selectionBar={
            denied === null && (
              <BulkBar
                selection={selection}
                issues={targets}
                matching={matching}
                offerAll={data.next !== null || data.prev !== null}
                actions={actions}
                people={people}
              />
            )
          }
          newRows={{ count: view.added, onShow: view.showAll }}
          empty={<EmptyIssues url={url} query={query} />}
          footer={{
            text: footText(data),
            prevHref: data.prev === null ? null : hrefWith(query, { cursor: data.prev }),
            nextHref: data.next === null ? null : hrefWith(query, { cursor: data.next }),
          }}
        />
      </Workspace>
      {actions.dialog}
    </>
  );

  function rowKeysOf() {
    return issueKeys(keyActions, people.me).map(({ run, ...key }) => ({
      ...key,
      run: (rows: { id: string }[]) => run(find(rows)),
    }));
  }
}

/** The tabs, in the order in which an issue lives. */
const ISSUE_STATES_SHOWN: readonly IssueState[] = ['open', 'acknowledged', 'ignored', 'resolved'];

const withOpen = (query: URLSearchParams, open: string): URLSearchParams => {
  const next = new URLSearchParams(query);
  next.set('open', open);
  return next;
};

function footText({ items, total, prev, next }: Data): string {
  if (prev === null && next === null) return items.length === 1 ? '1 issue' : `${items.length} issues`;
  return prev === null ? `1–${items.length} of ${capped(total)}` : `${items.length} of ${capped(total)}`;
}
