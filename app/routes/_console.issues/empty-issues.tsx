import type { IssueState } from '#app/modules/triage/schema.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { type IssuesUrl, isNarrowed, tabHref, withoutFilters } from './filters.ts';

const EMPTY: Record<IssueState, { kind: 'empty' | 'done'; title: string; text: string }> = {
  open: {
    kind: 'done',
    title: 'Nothing to fix',
    text: 'When postbacks are refused for one reason, that reason appears here once: what it means, what it costs, who can fix it, and the button that releases everything it held up.',
  },
  acknowledged: {
    kind: 'empty',
    title: 'Nobody works on an issue right now',
    text: 'Acknowledge an open issue (key A) to tell the others that you are on it.',
  },
  ignored: {
    kind: 'empty',
    title: 'Nothing is ignored',
    text: 'An issue can be ignored for a while, or until it happens more often than you say. Then it opens again by itself.',
  },
  resolved: {
    kind: 'empty',
    title: 'Nothing was resolved yet',
    text: 'An issue is resolved once it holds nothing up any more. If it comes back, it opens again and says so.',
  },
};

/** Why there are no issues: which filter to drop, or what comes next. */
export function EmptyIssues({ url, query }: { url: IssuesUrl; query: URLSearchParams }) {
  if (url.cursor !== undefined) {
    return (
      <EmptyState
        kind="no-match"
        title="Nothing more here"
        actions={<ButtonLink to={tabHref(query, url.state)}>First page</ButtonLink>}
      >
        The issues of this page have moved on.
      </EmptyState>
    );
  }
  if (isNarrowed(url)) {
    return (
      <EmptyState
        kind="no-match"
        title="No issue matches"
        actions={<ButtonLink to={withoutFilters(query)}>Drop all filters</ButtonLink>}
      >
        Drop {url.q === null ? 'a filter' : `the search for “${url.q}”`}, or look in another tab.
      </EmptyState>
    );
  }
  const { kind, title, text } = EMPTY[url.state];
  return (
    <EmptyState kind={kind} title={title}>
      {text}
    </EmptyState>
  );
}
