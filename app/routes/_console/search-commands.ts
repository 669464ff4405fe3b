import { FileText, Hourglass, Megaphone, ScanLine, Send, Undo2 } from 'lucide-react';
import type { HitKind, SearchHit } from '#app/modules/reports/schema.ts';
import type { CommandGroup } from '#app/ui/command-store.ts';

const KINDS: Record<
  HitKind,
  { heading: string; icon: CommandGroup['items'][number]['icon']; to(hit: SearchHit): string }
> = {
  postback: { heading: 'Postbacks', icon: Send, to: ({ id }) => `/postbacks/${encodeURIComponent(id)}` },
  lead: { heading: 'Leads', icon: Hourglass, to: ({ id }) => `/leads/${encodeURIComponent(id)}` },
  ref: { heading: 'Tracking codes', icon: ScanLine, to: ({ id }) => `/refs?ref=${encodeURIComponent(id)}` },
  refund: {
    heading: 'Refunds',
    icon: Undo2,
    to: ({ id }) => `/refunds?view=all&open=${encodeURIComponent(id)}`,
  },
  campaign: { heading: 'Campaigns', icon: Megaphone, to: ({ id }) => `/campaigns/${encodeURIComponent(id)}` },
  body: {
    heading: 'In requests and answers',
    icon: FileText,
    to: ({ id }) => `/postbacks/${encodeURIComponent(id)}`,
  },
};

/** The hits as the command menu shows them, by kind. */
export function groupHits(hits: readonly SearchHit[]): CommandGroup[] {
  return (Object.keys(KINDS) as HitKind[])
    .map((kind) => ({
      heading: KINDS[kind].heading,
      items: hits
        .filter((hit) => hit.kind === kind)
        .map((hit) => ({
          id: hit.id,
          label: hit.label,
          hint: hit.hint,
          icon: KINDS[kind].icon,
          to: KINDS[kind].to(hit),
        })),
    }))
    .filter((group) => group.items.length > 0) as CommandGroup[];
}

/** Looks an id up on the server. Rejects with words for the menu. */
export async function searchIds(query: string, signal: AbortSignal): Promise<CommandGroup[]> {
  const response = await fetch(`/search?${new URLSearchParams({ q: query })}`, {
    signal,
    headers: { accept: 'application/json' },
  });
  if (response.status === 401) throw new Error('You are signed out: load the page again.');
  if (!response.ok) throw new Error('Leadline could not look it up just now.');
  const { hits, unread } = (await response.json()) as { hits: SearchHit[]; unread: string | null };
  if (hits.length === 0 && unread !== null) throw new Error(unread);
  return groupHits(hits);
}
