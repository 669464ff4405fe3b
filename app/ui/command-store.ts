import type { LucideIcon } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';

export type CommandItem = {
  id: string;
  label: string;
  /** Right of the label: a key, a status, an amount. */
  hint?: string;
  icon?: LucideIcon;
  keywords?: readonly string[];
} & ({ to: string } | { onSelect: () => void });

export type CommandGroup = { heading: string; items: readonly CommandItem[] };

let pageGroups: readonly CommandGroup[] = [];
const listeners = new Set<() => void>();
const NONE: readonly CommandGroup[] = [];

function publish(next: readonly CommandGroup[]): void {
  pageGroups = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Groups that the pages in view have added. */
export function usePageGroups(): readonly CommandGroup[] {
  return useSyncExternalStore(
    subscribe,
    () => pageGroups,
    () => NONE,
  );
}

/** Adds a group to the command menu while mounted: actions on the row in view. Memoise the group. */
export function useCommandGroup(group: CommandGroup | null): void {
  useEffect(() => {
    if (!group) return;
    publish([...pageGroups, group]);
    return () => publish(pageGroups.filter((other) => other !== group));
  }, [group]);
}
