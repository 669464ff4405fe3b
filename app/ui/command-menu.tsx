import { useNavigate } from '@remix-run/react';
import { Command, defaultFilter } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState } from 'react';
import { type CommandGroup, type CommandItem, usePageGroups } from './command-store.ts';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import { useCommandSearch } from './use-command-search.ts';
import { useDocumentKey } from './use-document-key.ts';

export type CommandMenuProps = {
  /** Pages and actions that are always there; pages add their own with `useCommandGroup`. */
  groups: readonly CommandGroup[];
  /** Looks the words up on the server. Rejecting shows the error's message; the signal ends an overtaken search. */
  onSearch?: (query: string, signal: AbortSignal) => Promise<readonly CommandGroup[]>;
  placeholder?: string;
  /** Where a search looks, said when nothing was found: "in orders and leads." */
  searched?: string;
};

/** Where the console's search looks. */
const EVERYWHERE =
  'in order, tracking, lead, refund, payment and customer ids (from their beginning, case counts), in campaigns, pages and actions, and as words in requests and answers.';

/** Search and commands: the field in the header, and the menu that ⌘K or Ctrl-K opens. */
export function CommandMenu({
  groups,
  onSearch,
  placeholder = 'Search an order, lead, ref, refund or action',
  searched = EVERYWHERE,
}: CommandMenuProps) {
  const [open, setOpen] = useState(false);
  useDocumentKey((event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey) return;
    event.preventDefault();
    setOpen((was) => !was);
  });
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <button type="button" className="search" aria-label="Search and commands" data-command-trigger>
          <Icon icon={Search} size={14} />
          <span>{placeholder}</span>
          <Kbd>⌘K</Kbd>
        </button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <Radix.Content className="cmdk" aria-describedby={undefined}>
            <Radix.Title className="sr">Search and commands</Radix.Title>
            <Menu
              groups={groups}
              onSearch={onSearch}
              placeholder={placeholder}
              searched={searched}
              onDone={() => setOpen(false)}
            />
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Menu({
  groups,
  onSearch,
  placeholder,
  searched,
  onDone,
}: CommandMenuProps & { onDone: () => void }) {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const pageGroups = usePageGroups();
  const search = useCommandSearch(query, onSearch);
  const found = [...search.groups, ...matching([...pageGroups, ...groups], query)];
  const [inView, setInView] = useInView(found, query);
  const choose = (item: CommandItem) => {
    onDone();
    if ('to' in item) navigate(item.to);
    else item.onSelect();
  };
  return (
    <Command label="Search and commands" shouldFilter={false} loop value={inView} onValueChange={setInView}>
      <div className="cmdk-in">
        <Icon icon={Search} />
        <Command.Input value={query} onValueChange={setQuery} placeholder={placeholder} />
        <Kbd>Esc</Kbd>
      </div>
      {/* beside the list: a listbox holds options only */}
      {search.state === 'loading' && (
        <Command.Loading>
          <p className="cmdk-note">
            <span className="spin" />
            Searching for “{query.trim()}”
          </p>
        </Command.Loading>
      )}
      {search.state === 'failed' && (
        <p className="cmdk-note needs" role="alert">
          The search failed: {search.message} Pages and actions below still work.
        </p>
      )}
      {search.state !== 'loading' && (
        <Command.Empty>
          <p className="cmdk-note" role="status">
            Nothing found for “{query.trim()}”{searched === undefined ? '.' : ` ${searched}`}
          </p>
        </Command.Empty>
      )}
      <Command.List>
        {found.map((group) => (
          <Command.Group key={group.heading} heading={group.heading}>
            {group.items.map((item) => (
              <Command.Item key={item.id} value={itemKey(group, item)} onSelect={() => choose(item)}>
                {item.icon && <Icon icon={item.icon} />}
                <span className="trunc">{item.label}</span>
                {item.hint !== undefined && <span className="hint">{item.hint}</span>}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
      <div className="cmdk-foot" aria-hidden="true">
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> move
        </span>
        <span>
          <Kbd>⏎</Kbd> go
        </span>
      </div>
    </Command>
  );
}

const itemKey = (group: CommandGroup, item: CommandItem): string => `${group.heading}/${item.id}`;

/** The first hit, also of an answer that comes later, until somebody moves; a new query begins at the first again. */
function useInView(found: readonly CommandGroup[], query: string): [string, (value: string) => void] {
  const [moved, setMoved] = useState({ query, value: '' });
  const [group] = found;
  const first = group?.items[0] ? itemKey(group, group.items[0]) : '';
  const stands =
    moved.query === query && found.some((g) => g.items.some((item) => itemKey(g, item) === moved.value));
  return [stands ? moved.value : first, (value) => setMoved({ query, value })];
}

/** Pages and actions that fit the words, best first; all of them without words. */
function matching(groups: readonly CommandGroup[], query: string): CommandGroup[] {
  const words = query.trim();
  if (words === '') return [...groups];
  return groups
    .map((group) => ({
      heading: group.heading,
      items: group.items
        .filter((item) => contains([item.label, ...(item.keywords ?? [])].join(' '), words))
        .map((item) => ({ item, score: defaultFilter(item.label, words, [...(item.keywords ?? [])]) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .map(({ item }) => item),
    }))
    .filter((group) => group.items.length > 0);
}

/** Every word as it is written: letters scattered over a label are no match. */
const contains = (text: string, words: string): boolean =>
  words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));
