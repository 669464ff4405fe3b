import type { ReactNode } from 'react';
import type { IssueItem } from '#app/modules/triage/issue-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Avatar } from '#app/ui/avatar.tsx';
import type { RowListItem } from '#app/ui/row-list.tsx';
import { Sparkline } from '#app/ui/sparkline.tsx';
import { Time } from '#app/ui/time.tsx';
import { cameBack, heldBackWords, lookOf, placeWords, STATE_LABELS, unpaidWords } from './issue-words.ts';
import { releaseWords } from './job-words.ts';

const SHOWN_SUMS = 2;

/** An issue as a row of the list: cause, place, what goes on, its last 24 hours, its money. */
export function issueRow(issue: IssueItem): RowListItem {
  const look = lookOf(issue);
  const place = placeWords(issue);
  return {
    id: issue.id,
    to: `/issues/${encodeURIComponent(issue.id)}`,
    name: `${issue.explanation.title}, ${place}`,
    ...look,
    title: issue.explanation.title,
    detail: <Detail issue={issue} place={place} />,
    trend: (
      <span className="row">
        {issue.assignee && <Avatar name={issue.assignee.name} small named />}
        <Sparkline points={issue.trend} meaning={look.meaning} width={72} height={20} dot={false} />
      </span>
    ),
    figure: <Unpaid issue={issue} />,
    figureDetail: (
      <>
        {formatCount(issue.held)} since <Time at={issue.firstSeenAt} />
      </>
    ),
  };
}

function Detail({ issue, place }: { issue: IssueItem; place: string }) {
  const told = goingOn(issue);
  return (
    <>
      <span className="sr">{STATE_LABELS[issue.state]}. </span>
      {place}
      {told !== null && <span className="c2"> · {told}</span>}
      {' · '}
      <span className="code">{issue.errorCode}</span>
      {issue.assignee && <span className="sr">, assigned to {issue.assignee.name}</span>}
    </>
  );
}

/** What goes on with an issue beyond its state, the most pressing first; null where nothing does. */
export function goingOn(issue: IssueItem): string | null {
  if (issue.job) {
    const { title, done, total } = releaseWords(issue.job);
    return total === null || done === 0
      ? title.toLowerCase()
      : `${formatCount(done)} of ${formatCount(total)} sent again`;
  }
  const parts = [
    heldBackWords(issue.breaker, issue.counts.parked),
    cameBack(issue),
    issue.state === 'acknowledged' ? 'acknowledged' : null,
  ].filter((words) => words !== null);
  return parts.length > 0 ? parts.join(' · ') : null;
}

/** "$4,944.00 + 3 unknown": sums of several currencies are never added; what is unknown is never zero. */
export function Unpaid({ issue }: { issue: Pick<IssueItem, 'unpaid' | 'unpaidUnknown'> }): ReactNode {
  const { unpaid, unpaidUnknown } = issue;
  if (unpaid.length === 0) return <span className="c3">{unpaidWords([], unpaidUnknown)}</span>;
  const shown = unpaid.slice(0, SHOWN_SUMS).map(({ minor, currency }) => formatMoney(minor, currency));
  const more = unpaid.length - shown.length;
  return (
    <span title={unpaidWords(unpaid, unpaidUnknown)}>
      {shown.join(' + ')}
      {more > 0 && ` + ${more} more`}
      {unpaidUnknown > 0 && <span className="c3"> + {formatCount(unpaidUnknown)} unknown</span>}
    </span>
  );
}
