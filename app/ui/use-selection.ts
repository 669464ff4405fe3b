import { useEffect, useMemo, useState } from 'react';
import { extended, NONE, pageToggled, toggled } from './selection-state.ts';

/** What is selected in a table: rows by id, or everything that matches the filters. */
export type Selection = {
  ids: ReadonlySet<string>;
  allMatching: boolean;
  isEmpty: boolean;
  has: (id: string) => boolean;
  /** Turns one row; `pageIds` are the rows in view, kept when "all matching" is narrowed to a page. */
  toggle: (id: string, pageIds: readonly string[]) => void;
  /** Adds every row from the last turned one to `id` (shift-click). */
  extend: (id: string, pageIds: readonly string[]) => void;
  togglePage: (pageIds: readonly string[]) => void;
  selectAllMatching: () => void;
  clear: () => void;
};

/** Keeps a selection; a change of `scope` (the filters as text) clears it. */
export function useSelection(scope: string): Selection {
  const [state, setState] = useState(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scope is the trigger, not an input
  useEffect(() => setState(NONE), [scope]);
  return useMemo(
    () => ({
      ids: state.ids,
      allMatching: state.allMatching,
      isEmpty: !state.allMatching && state.ids.size === 0,
      has: (id) => state.allMatching || state.ids.has(id),
      toggle: (id, pageIds) => setState((now) => toggled(now, id, pageIds)),
      extend: (id, pageIds) => setState((now) => extended(now, id, pageIds)),
      togglePage: (pageIds) => setState((now) => pageToggled(now, pageIds)),
      selectAllMatching: () => setState((now) => ({ ...now, allMatching: true })),
      clear: () => setState(NONE),
    }),
    [state],
  );
}
