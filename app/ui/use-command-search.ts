import { useEffect, useState } from 'react';
import type { CommandGroup } from './command-store.ts';

type Search = {
  state: 'idle' | 'loading' | 'done' | 'failed';
  groups: readonly CommandGroup[];
  message: string;
};
const IDLE: Search = { state: 'idle', groups: [], message: '' };
const PAUSE_MS = 120;
const MIN_LENGTH = 2;

/** Searches while somebody types: waits for a pause, drops overtaken answers, and tells a failure from no results. */
export function useCommandSearch(
  query: string,
  onSearch: ((query: string, signal: AbortSignal) => Promise<readonly CommandGroup[]>) | undefined,
): Search {
  const [search, setSearch] = useState(IDLE);
  const words = query.trim();
  useEffect(() => {
    if (!onSearch || words.length < MIN_LENGTH) {
      setSearch(IDLE);
      return;
    }
    const control = new AbortController();
    setSearch((before) => ({ ...before, state: 'loading' }));
    const timer = setTimeout(async () => {
      try {
        const groups = await onSearch(words, control.signal);
        if (!control.signal.aborted) setSearch({ state: 'done', groups, message: '' });
      } catch (error) {
        if (control.signal.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        setSearch({ state: 'failed', groups: [], message });
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [words, onSearch]);
  return search;
}
