import { ScanLine } from 'lucide-react';
import { ButtonLink } from '#app/ui/button.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ScrollPre } from '#app/ui/scroll-pre.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { snippetsFor } from '../_console.integrate/snippets.ts';
import type { RefFilters } from './filters.ts';

/** Nothing was captured yet: how it begins (RG-01 to RG-05). */
export function NoRefs({
  publicUrl,
  how,
  hrefOf,
}: {
  publicUrl: string;
  how: 'server' | 'browser';
  hrefOf: (how: string) => string;
}) {
  const wanted = how === 'browser' ? 'single-page' : 'capture';
  const snippet = snippetsFor(publicUrl).find(({ id }) => id === wanted)?.code ?? '';
  return (
    <div className="p-5 max-w-[720px] mx-auto">
      <EmptyState
        kind="empty"
        icon={ScanLine}
        title="No tracking code has arrived yet"
        actions={<ButtonLink to="/integrate">All the snippets</ButtonLink>}
      >
        Affiliates link to your pages with ?rgta_ref=… Keep the first code a visitor brings, and report it
        here.
      </EmptyState>
      <Tabs
        label="Where the code is read"
        inner
        current={how}
        items={[
          { key: 'server', to: hrefOf('server'), label: 'On your server' },
          { key: 'browser', to: hrefOf('browser'), label: 'In the browser' },
        ]}
        end={<CopyButton text={snippet} label="Copy the snippet" />}
      />
      <div className="codebox mt-2">
        <ScrollPre label="Snippet">{snippet}</ScrollPre>
      </div>
    </div>
  );
}

const WORDS: Record<keyof RefFilters, string> = {
  ref: 'the code',
  prefix: 'the beginning of the code',
  outcome: 'the outcome',
  source: 'the source',
  network: 'the account',
  range: 'the time range',
};

/** Filters that leave nothing, and which to drop. */
export function NoMatch({ names }: { names: readonly string[] }) {
  return (
    <EmptyState
      kind="no-match"
      title="No captured ref matches"
      actions={<ButtonLink to="/refs">Show all refs</ButtonLink>}
    >
      Drop {names.map((name) => WORDS[name as keyof RefFilters]).join(' or ')} to see more. Codes are compared
      byte for byte: case and white space count.
    </EmptyState>
  );
}
