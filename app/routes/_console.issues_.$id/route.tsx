import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useRevalidator, useSearchParams } from '@remix-run/react';
import { can, listUsers, requireUser } from '#app/modules/operators/index.server.ts';
import { SectionLevel } from '#app/ui/drawer.tsx';
import { isShortcut } from '#app/ui/shortcuts.ts';
import { TextLink } from '#app/ui/text-link.tsx';
import { useDocumentKey } from '#app/ui/use-document-key.ts';
import { useLive } from '#app/ui/use-live.ts';
import { IssueHead, IssueTools } from '../_console.issues/issue-drawer.tsx';
import { issueDepsOf, peopleOf, readIssue } from '../_console.issues/issue-page.server.ts';
import { IssueSections } from '../_console.issues/issue-sections.tsx';
import { useIssueActions } from '../_console.issues/use-issue-actions.tsx';
import { issueKeys, useIssueCommands } from '../_console.issues/use-issue-keys.tsx';

export const meta = ({ data }: { data?: { issue: { explanation: { title: string } } } }) => [
  { title: `${data?.issue.explanation.title ?? 'Issue'} · Leadline` },
];

const PACE_MS = 3_000;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { user, actor } = await requireUser(request, context);
  const [issue, users] = await Promise.all([
    readIssue(context.ctx, issueDepsOf(context), params.id ?? ''),
    listUsers(context.ctx),
  ]);
  if (!issue) throw new Response(null, { status: 404 });
  return {
    issue,
    people: { me: { id: user.id, name: user.name }, people: peopleOf(users) },
    denied: can(actor.role, 'triage')
      ? null
      : `Working on issues needs another role than yours (${actor.role}). Ask an owner.`,
  };
}

/** One cause on a page of its own: the same as in the drawer, with room. */
export default function Issue() {
  const { issue, people, denied } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  useLive(['issues', 'breakers', 'jobs'], revalidate);
  useLive(['postbacks'], revalidate, PACE_MS, 'later');
  const actions = useIssueActions({
    denied,
    onReleased: (_id, job) => navigate(`?job=${encodeURIComponent(job)}`, { preventScrollReset: true }),
  });
  useIssueCommands(issue, actions, people.me, denied !== null);
  useDocumentKey((event) => {
    if (denied !== null || !isShortcut(event)) return;
    const found = issueKeys(actions, people.me).find(({ key }) => key === event.key);
    if (!found) return;
    event.preventDefault();
    found.run([issue]);
  });
  return (
    <div className="page detail">
      <header>
        <div className="dtop">
          <TextLink to="/issues">Issues</TextLink>
          <span className="end">
            <IssueTools issue={issue} actions={actions} people={people} denied={denied !== null} />
          </span>
        </div>
        <IssueHead issue={issue} />
      </header>
      <div className="dbody">
        <SectionLevel.Provider value={2}>
          <IssueSections issue={issue} jobId={query.get('job')} actions={actions} denied={denied !== null} />
        </SectionLevel.Provider>
      </div>
      {actions.dialog}
    </div>
  );
}
