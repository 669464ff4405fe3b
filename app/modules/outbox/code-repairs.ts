import { type CodeChange, UNDO } from './code-undo.ts';

/** A code that the one sent may have been made of, and what must have happened to it. */
export interface Repair {
  code: string;
  changes: readonly CodeChange[];
}

/** Changes that are undone one after the other, and codes that are tried at most. */
const DEPTH = 3;
const CODES_MAX = 64;
/** A code is no shorter than this. */
export const SHORTEST_CODE = 4;
/** No network's code is longer; what comes here is a link at most. */
const LONGEST = 2_000;

/**
 * The codes that `sent` may have been made of, the likeliest first: each undoes up to three changes. Other case and a
 * cut-off end are not undone here: those are looked up. Pure; `sent` itself is left out.
 */
export function repairsOf(sent: string): Repair[] {
  const found = new Map<string, Repair>([[sent, { code: sent, changes: [] }]]);
  let last: Repair[] = [{ code: sent.slice(0, LONGEST), changes: [] }];
  for (let depth = 0; depth < DEPTH; depth++) {
    const next: Repair[] = [];
    for (const { code, changes } of last) {
      for (const [change, undo] of UNDO) {
        for (const repaired of undo(code)) {
          if (repaired === null || repaired.length < SHORTEST_CODE || found.has(repaired)) continue;
          if (found.size >= CODES_MAX) return others(found, sent);
          const repair = {
            code: repaired,
            changes: changes.includes(change) ? changes : [...changes, change],
          };
          found.set(repaired, repair);
          next.push(repair);
        }
      }
    }
    last = next;
  }
  return others(found, sent);
}

const others = (found: ReadonlyMap<string, Repair>, sent: string): Repair[] =>
  [...found.values()].filter(({ code }) => code !== sent);
