import type { IssueDetail } from '#app/modules/triage/issue-schema.ts';
import { IssueDrawer, MissingIssue, type Walk } from './issue-drawer.tsx';
import type { People } from './issue-menus.tsx';
import type { useIssueActions } from './use-issue-actions.tsx';

/** The open issue beside the list, with the way to the one before and after it. */
export function OpenIssue({
  data,
  url,
  rows,
  goTo,
  actions,
}: {
  data: { open: IssueDetail | null; people: People; denied: string | null };
  url: { open: string; job: string | null };
  rows: readonly { id: string }[];
  goTo: (changes: Record<string, string | null>) => void;
  actions: ReturnType<typeof useIssueActions>;
}) {
  const at = rows.findIndex((issue) => issue.id === url.open);
  const step = (to: number) => {
    const id = at < 0 ? undefined : rows[to]?.id;
    return id === undefined ? null : () => goTo({ open: id });
  };
  const walk: Walk = {
    ...(at < 0 ? {} : { position: `${at + 1} of ${rows.length}` }),
    onPrev: step(at - 1),
    onNext: step(at + 1),
    onClose: () => goTo({ open: null }),
  };
  // the address has moved on, what it asks for is still being read
  if (data.open && data.open.id !== url.open) return null;
  if (!data.open) return <MissingIssue walk={walk} />;
  return (
    <IssueDrawer
      key={data.open.id}
      issue={data.open}
      jobId={url.job}
      actions={actions}
      people={data.people}
      denied={data.denied !== null}
      walk={walk}
    />
  );
}
