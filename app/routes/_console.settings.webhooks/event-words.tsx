import {
  Ban,
  CircleCheck,
  CircleSlash,
  Hourglass,
  ShieldAlert,
  ShieldCheck,
  TriangleAlert,
} from 'lucide-react';
import type { EventItem } from '#app/modules/webhooks/endpoint-schema.ts';
import type { EventState } from '#app/modules/webhooks/schema.ts';
import type { Meaning } from '#app/ui/meaning.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';

const STATES = {
  handled: { meaning: 'good', icon: CircleCheck, label: 'Handled' },
  ignored: { meaning: 'neutral', icon: CircleSlash, label: 'Ignored' },
  waiting: { meaning: 'waiting', icon: Hourglass, label: 'Waiting' },
  failed: { meaning: 'needs', icon: TriangleAlert, label: 'Failed' },
  refused: { meaning: 'lost', icon: Ban, label: 'Refused' },
} as const satisfies Record<EventState, unknown>;

/** What `words` of an event in that state mean; a handled one says it by what it became. */
export const STATE_CALLOUTS: Partial<Record<EventState, { meaning: Meaning; title: string }>> = {
  ignored: { meaning: 'neutral', title: 'Nothing follows.' },
  waiting: { meaning: 'waiting', title: 'It is taken up by itself.' },
  failed: { meaning: 'needs', title: 'It could not be processed.' },
  refused: { meaning: 'lost', title: 'It was not believed.' },
};

/** What has become of a delivery, in a word. */
export function EventStateBadge({ state, inTable = false }: { state: EventState; inTable?: boolean }) {
  return <StatusBadge {...STATES[state]} inTable={inTable} />;
}

/** Whether the signature was believed. */
export function VerdictBadge({ verdict }: { verdict: EventItem['verdict'] }) {
  return verdict === 'verified' ? (
    <StatusBadge meaning="good" icon={ShieldCheck} label="Signature fits" />
  ) : (
    <StatusBadge meaning="lost" icon={ShieldAlert} label="Signature refused" />
  );
}

type Became = EventItem['became'][number];

/** Where a thing that an event became is shown; null where it has no page. */
export function hrefOf({ kind, id }: Became): string | null {
  if (id === null) return null;
  if (kind === 'conversion') return `/conversions/${encodeURIComponent(id)}`;
  return kind === 'refund' || kind === 'reversal' ? `/refunds?view=all&open=${encodeURIComponent(id)}` : null;
}

const LINKS: Record<string, string> = {
  conversion: 'Open conversion',
  refund: 'Open refund',
  reversal: 'Open refund',
};

/** What an event became, with links. */
export function BecameList({ became }: { became: readonly Became[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {became.map((one) => {
        const href = hrefOf(one);
        return (
          <li key={`${one.kind} ${one.id} ${one.words}`}>
            {one.words} {href !== null && <TextLink to={href}>{LINKS[one.kind] ?? 'Open'}</TextLink>}
          </li>
        );
      })}
    </ul>
  );
}

/** One line for lists: why it was refused, failed or ignored, else what it became. */
export const lineOf = (item: Pick<EventItem, 'words' | 'became'>): string =>
  item.words ?? item.became.map(({ words }) => words).join(' ');
