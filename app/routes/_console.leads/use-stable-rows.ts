import { useState } from 'react';

/** Where each row stood when it was first shown. */
export interface Places {
  scope: string;
  ids: readonly string[];
  groups: ReadonlyMap<string, string>;
}

interface Arranged<Row> {
  idOf: (row: Row) => string;
  groupOf: (row: Row) => string;
}

/** The places of rows that are shown for the first time. */
export function placesOf<Row>(scope: string, rows: readonly Row[], { idOf, groupOf }: Arranged<Row>): Places {
  return { scope, ids: rows.map(idOf), groups: new Map(rows.map((row) => [idOf(row), groupOf(row)])) };
}

/**
 * What becomes of the places when rows are read anew: rows that follow the last known one join at the end, those
 * that would push others down are only counted. Null where nothing joins.
 */
export function joinAtEnd<Row>(
  places: Places,
  rows: readonly Row[],
  arranged: Arranged<Row>,
): { joined: Places | null; added: number } {
  const known = new Set(places.ids);
  const fresh = rows.filter((row) => !known.has(arranged.idOf(row)));
  const last = rows.findLastIndex((row) => known.has(arranged.idOf(row)));
  const after = rows
    .slice(last + 1)
    .filter((row) => places.ids.length > 0 && last >= 0 && !known.has(arranged.idOf(row)));
  const added = places.ids.length === 0 || last < 0 ? 0 : fresh.length - after.length;
  if (places.ids.length === 0 || last < 0)
    return { joined: fresh.length > 0 ? placesOf(places.scope, rows, arranged) : null, added };
  if (after.length === 0) return { joined: null, added };
  const tail = placesOf(places.scope, after, arranged);
  return {
    joined: {
      scope: places.scope,
      ids: [...places.ids, ...tail.ids],
      groups: new Map([...places.groups, ...tail.groups]),
    },
    added,
  };
}

/**
 * Keeps rows where they are while they change: a row that is acted on stays in place with its new state, so that
 * the next one is a key away, and new rows are counted rather than pushed in. `kept` holds rows that the list no
 * longer answers but that should stay. Another `scope` (the address) begins anew.
 */
export function useStableRows<Row>({
  rows,
  scope,
  kept,
  ...arranged
}: Arranged<Row> & { rows: readonly Row[]; scope: string; kept?: ReadonlyMap<string, Row> }) {
  const [places, setPlaces] = useState(() => placesOf(scope, rows, arranged));
  let current = places;
  let added = 0;
  if (places.scope !== scope) current = placesOf(scope, rows, arranged);
  else {
    const next = joinAtEnd(places, rows, arranged);
    added = next.added;
    if (next.joined) current = next.joined;
  }
  // state derived from what was read: set while rendering, before anything is shown
  if (current !== places) setPlaces(current);
  const byId = new Map(rows.map((row) => [arranged.idOf(row), row]));
  return {
    rows: current.ids.flatMap((id) => byId.get(id) ?? kept?.get(id) ?? []) as Row[],
    added,
    showAll: () => setPlaces(placesOf(scope, rows, arranged)),
    groupOf: (row: Row): string => current.groups.get(arranged.idOf(row)) ?? arranged.groupOf(row),
  };
}
