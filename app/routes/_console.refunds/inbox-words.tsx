import { COUNT_CAP } from '#app/modules/disputes/inbox-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { TextLink } from '#app/ui/text-link.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { sumWords } from '../_console.leads/lead-words.ts';
import { DISPOSITION_LOOKS, GROUP_NOTES } from './disposition.ts';
import { dispositionsOf, type View } from './filters.ts';
import type { loadInbox } from './load-inbox.server.ts';

type Data = Awaited<ReturnType<typeof loadInbox>>;
/** A count that stops at 1,000. */
export const capped = (n: number): string => formatCount(Math.min(n, COUNT_CAP - 1), n >= COUNT_CAP);

/** What waits for a person, in the head of the page. */
export function reviewWords({ count, sums }: Data['review']): string {
  if (count === 0) return 'nothing to review';
  return `${capped(count)} to review${sums.length > 0 ? `, ${sumWords(sums)}` : ''}`;
}

/** The number beside a tab. */
export function tabCount(counts: Data['counts'], view: View): string {
  return capped(
    Math.min(
      COUNT_CAP,
      dispositionsOf(view).reduce((sum, disposition) => sum + counts[disposition], 0),
    ),
  );
}

/** The line above a group: its name, how many, their money, and the way to the rest. */
export function groupLine(data: Data, key: string, query: URLSearchParams) {
  const look = DISPOSITION_LOOKS[key];
  const group = data.groups.find((one) => one.disposition === key);
  const hidden = group ? group.count - group.shown : 0;
  return {
    label: look?.label ?? key,
    strong: true,
    ...(look?.icon ? { icon: look.icon } : {}),
    ...(look ? { meaning: look.meaning } : {}),
    note: `${capped(group?.count ?? 0)}${GROUP_NOTES[key] ? `: ${GROUP_NOTES[key]}` : ''}`,
    ...(group && group.sums.length > 0 ? { sum: sumWords(group.sums) } : {}),
    ...(hidden > 0 && data.groups.length > 1
      ? {
          more: (
            <TextLink
              to={hrefWith(query, { view: 'open', only: key })}
            >{`Show ${capped(hidden)} more`}</TextLink>
          ),
        }
      : {}),
  };
}

/** Where the page lies. */
export function footText({ items, grouped, groups, nextAfter, prevBefore }: Data): string {
  if (!grouped)
    return nextAfter === null && prevBefore === null
      ? `${items.length} ${items.length === 1 ? 'refund' : 'refunds'}`
      : `${items.length} on this page`;
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  if (total <= items.length) return `${total} open`;
  const order = groups.every((group) => group.disposition === 'unmatched')
    ? 'the newest first'
    : 'the nearest deadlines first';
  return `${items.length} of ${capped(total)} open, ${order}`;
}
