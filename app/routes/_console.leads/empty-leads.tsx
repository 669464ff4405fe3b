import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { isNarrowed, type LeadsUrl, type View } from './filters.ts';

const EMPTY: Record<View, { kind: 'empty' | 'done'; title: string; text: string }> = {
  refunded: {
    kind: 'done',
    title: 'No refunded lead waits',
    text: 'A refund of an order whose payout is still held appears here with its deadline, and can be disputed from its row.',
  },
  due: {
    kind: 'done',
    title: 'Nothing is due within 72 hours',
    text: 'Refunded leads come here three days before their payout is released.',
  },
  held: {
    kind: 'empty',
    title: 'No lead is held',
    text: 'A lead is opened when a network accepts a postback, and held for its campaign’s holding period.',
  },
  released: {
    kind: 'empty',
    title: 'Nothing was released yet',
    text: 'A lead is released when its holding period ends; from then on it can no longer be disputed.',
  },
  disputed: {
    kind: 'empty',
    title: 'Nothing was disputed yet',
    text: 'Leads whose payout was taken back are kept here with the reason that was sent.',
  },
  all: {
    kind: 'empty',
    title: 'No leads yet',
    text: 'Report a conversion with a tracking code; the network’s answer opens its lead.',
  },
};

/** Why there are no leads: which filter to drop, or what comes next. */
export function emptyLeads(url: LeadsUrl) {
  if (url.after !== undefined || url.before !== undefined) {
    return (
      <EmptyState
        kind="no-match"
        title="Nothing more here"
        actions={<ButtonLink to={`?view=${url.view}`}>Back to the first page</ButtonLink>}
      >
        The rows of this page have moved on.
      </EmptyState>
    );
  }
  if (isNarrowed(url)) {
    const drop = url.q !== null ? `the search for “${url.q}”` : 'a filter';
    return (
      <EmptyState
        kind="no-match"
        title="No lead matches"
        actions={<ButtonLink to={`?view=${url.view}`}>Drop all filters</ButtonLink>}
      >
        Drop {drop}, or look in another tab. Search finds whole ids; case counts.
      </EmptyState>
    );
  }
  const { kind, title, text } = EMPTY[url.view];
  return (
    <EmptyState kind={kind} title={title}>
      {text}
    </EmptyState>
  );
}
