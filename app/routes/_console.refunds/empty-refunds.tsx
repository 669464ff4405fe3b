import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { isNarrowed, type RefundsUrl, type View } from './filters.ts';

const EMPTY: Record<View, { kind: 'empty' | 'done'; title: string; text: string }> = {
  open: {
    kind: 'done',
    title: 'Nothing is open',
    text: 'Every refund that was reported is settled. New ones come by API, by the webhook of a payment provider, or by hand.',
  },
  review: {
    kind: 'done',
    title: 'Nothing to review',
    text: 'Full refunds, chargebacks and fraud are disputed by themselves; partial refunds come here for a decision.',
  },
  disputed: {
    kind: 'empty',
    title: 'Nothing was disputed yet',
    text: 'Refunds whose payout the network took back are kept here.',
  },
  too_late: {
    kind: 'done',
    title: 'Nothing came too late',
    text: 'Refunds of orders whose payout was already released would be here, each with what was lost.',
  },
  canceled: {
    kind: 'empty',
    title: 'No postback had to be canceled',
    text: 'A refund that comes before its postback was sent cancels it: nothing is owed.',
  },
  ignored: {
    kind: 'empty',
    title: 'Nothing was ignored',
    text: 'Orders without a tracking code, tests, and refunds that somebody let pass come here.',
  },
  all: {
    kind: 'empty',
    title: 'No refunds yet',
    text: 'Report refunds with POST /api/v1/refunds, connect a payment provider’s webhook, or report one by hand.',
  },
};

/** Why there are no refunds: which filter to drop, or what comes next. */
export function emptyRefunds(url: RefundsUrl) {
  const narrowed = isNarrowed(url);
  if (narrowed || url.after !== undefined || url.before !== undefined) {
    return (
      <EmptyState
        kind="no-match"
        title={narrowed ? 'No refund matches' : 'Nothing more here'}
        actions={
          <ButtonLink to={`?view=${url.view}`}>
            {narrowed ? 'Drop all filters' : 'Back to the first page'}
          </ButtonLink>
        }
      >
        {url.q === null
          ? 'Drop a filter, or look in another tab.'
          : `Drop the search for “${url.q}”, or look in another tab. Search finds whole ids; case counts.`}
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
