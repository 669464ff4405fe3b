export type SelectionState = { ids: ReadonlySet<string>; allMatching: boolean; last: string | null };

/** Nothing selected. */
export const NONE: SelectionState = { ids: new Set(), allMatching: false, last: null };

/** Turns one row; "all matching" is narrowed to the rows in view first. */
export function toggled(state: SelectionState, id: string, pageIds: readonly string[]): SelectionState {
  const ids = new Set(state.allMatching ? pageIds : state.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, allMatching: false, last: id };
}

/** Adds the rows from the last turned one to `id`. */
export function extended(state: SelectionState, id: string, pageIds: readonly string[]): SelectionState {
  const [a, b] = [pageIds.indexOf(state.last ?? id), pageIds.indexOf(id)];
  const span = a < 0 ? [id] : pageIds.slice(Math.min(a, b), Math.max(a, b) + 1);
  return { ids: new Set([...state.ids, ...span]), allMatching: false, last: id };
}

/** Selects all rows in view, or none when all were. */
export function pageToggled(state: SelectionState, pageIds: readonly string[]): SelectionState {
  const all = pageIds.every((id) => state.allMatching || state.ids.has(id));
  const ids = new Set(state.ids);
  for (const id of pageIds) {
    if (all) ids.delete(id);
    else ids.add(id);
  }
  return { ids, allMatching: false, last: null };
}
