import { type Counted, LOOK_CAP } from '#app/modules/outbox/postback-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { type ListState, listHref, VIEWS } from './filters.ts';
import type { ListPageData } from './page-data.server.ts';

const CAP = 1000;

/** "283", "1,000+". */
export const counted = ({ n, more }: Counted): string => formatCount(Math.min(n, CAP), more);

/** "283 need a person"; nothing where it is not known. */
export function attentionWords(data: Pick<ListPageData, 'counts'>): string {
  const need = data.counts[VIEWS.findIndex((view) => view.key === 'attention')];
  if (!need) return '';
  if (need.n === 0 && !need.more) return 'none needs a person';
  return `${counted(need)} ${need.n === 1 && !need.more ? 'needs' : 'need'} a person`;
}

/** Where the page lies, and the ways to its neighbours. */
export function footerOf(
  { page, total }: Pick<ListPageData, 'page' | 'total'>,
  state: ListState,
): { text: string; prevHref: string | null; nextHref: string | null } {
  const { items, nextAfter, prevBefore, lastLooked } = page;
  const first = state.after === null && state.before === null;
  const looked = `${formatCount(items.length)} among the ${formatCount(LOOK_CAP)} rows looked through; the next page looks further`;
  const span =
    lastLooked !== null
      ? looked
      : items.length === 0
        ? 'No rows'
        : first
          ? `1–${items.length} of ${counted(total)}`
          : `${items.length} of ${counted(total)}`;
  return {
    text: span,
    prevHref: prevBefore ? listHref(state, { before: prevBefore, after: null, open: null }) : null,
    nextHref: nextAfter ? listHref(state, { after: nextAfter, before: null, open: null }) : null,
  };
}
