import type { ReactNode } from 'react';
import { formatCount } from '../platform/time-format.ts';
import type { Selection } from './use-selection.ts';

/** The floating bar of a selection: how many, "all matching", and what can be done with them. */
export function SelectionBar({
  selection,
  matching,
  offerAll = true,
  children,
}: {
  selection: Selection;
  /** How many rows match the filters, as people read it: "1,284"; null where there are more than are counted. */
  matching: string | null;
  /** False when every matching row is on this page already. */
  offerAll?: boolean;
  children: ReactNode;
}) {
  if (selection.isEmpty) return null;
  const all = matching === null ? 'All matching' : `All ${matching} matching`;
  return (
    <section className="selbar" aria-label="Selection">
      <span className="med" role="status">
        {selection.allMatching ? all : `${formatCount(selection.ids.size)} selected`}
      </span>
      {!selection.allMatching && offerAll ? (
        <button type="button" className="link ml-1.5" onClick={selection.selectAllMatching}>
          Select {all.toLowerCase()}
        </button>
      ) : (
        <button type="button" className="link ml-1.5" onClick={selection.clear}>
          Clear
        </button>
      )}
      <span className="hsep" />
      {children}
    </section>
  );
}
