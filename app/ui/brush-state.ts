/** Bars chosen on a chart, by number; `from` ≤ `to`. */
export interface Chosen {
  from: number;
  to: number;
}

/** Where a brush stands: the bar that keys move, and the one that the choice began at (null: nothing chosen). */
export interface BrushState {
  cursor: number;
  anchor: number | null;
}

/** What is chosen, or null. */
export function chosenOf({ cursor, anchor }: BrushState): Chosen | null {
  return anchor === null ? null : { from: Math.min(anchor, cursor), to: Math.max(anchor, cursor) };
}

/** The state after a key: arrows, Home and End move; with Shift they choose. Null: the key is not a brush's. */
export function afterKey(state: BrushState, key: string, shift: boolean, count: number): BrushState | null {
  const moves: Record<string, number> = {
    ArrowLeft: state.cursor - 1,
    ArrowRight: state.cursor + 1,
    PageUp: state.cursor - 10,
    PageDown: state.cursor + 10,
    Home: 0,
    End: count - 1,
  };
  const move = moves[key];
  if (move === undefined) return null;
  const cursor = Math.min(count - 1, Math.max(0, move));
  return { cursor, anchor: shift ? (state.anchor ?? state.cursor) : null };
}

/** The bar under a point `x` px from the left of a plot `width` px wide with `count` bars; outside, the nearest. */
export function barAt(x: number, width: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((x / Math.max(1, width)) * count)));
}
