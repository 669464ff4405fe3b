import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { afterKey, type BrushState, barAt, chosenOf } from './brush-state.ts';

/** A press that moves less than this is a click, in px. */
const SLOP = 4;

/**
 * Lets a stretch of a chart be chosen: by dragging over it, or by keys (arrows move, Shift chooses, ⏎ zooms, Esc
 * drops the choice). Wraps a plot of equal bars that begin `left` px from its left edge and fill the rest.
 */
export function Brush({
  label,
  bars,
  left,
  onZoom,
  children,
}: {
  /** What is chosen here: "Zoom: Postbacks by outcome". */
  label: string;
  /** What each bar is, in words: "Tue 12, 14:00 to 15:00: 120 accepted". */
  bars: readonly string[];
  left: number;
  /** Numbers of the first and the last bar chosen. */
  onZoom: (first: number, last: number) => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<BrushState>({ cursor: bars.length - 1, anchor: null });
  const [inFocus, setInFocus] = useState(false);
  const press = useRef<{ x: number; bar: number; moved: boolean } | null>(null);
  const cursor = Math.min(state.cursor, bars.length - 1);
  const chosen = chosenOf({ cursor, anchor: state.anchor });

  const barOf = (clientX: number): number => {
    const at = box.current?.getBoundingClientRect();
    return at ? barAt(clientX - at.left - left, at.width - left, bars.length) : 0;
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary || bars.length === 0) return;
    press.current = { x: event.clientX, bar: barOf(event.clientX), moved: false };
  };
  const move = (event: PointerEvent) => {
    const begun = press.current;
    if (!begun || (!begun.moved && Math.abs(event.clientX - begun.x) < SLOP)) return;
    if (!begun.moved) box.current?.setPointerCapture(event.pointerId);
    begun.moved = true;
    setState({ anchor: begun.bar, cursor: barOf(event.clientX) });
  };
  const up = (event: PointerEvent) => {
    const begun = press.current;
    press.current = null;
    if (!begun?.moved) return;
    const end = barOf(event.clientX);
    setState({ cursor: end, anchor: null });
    onZoom(Math.min(begun.bar, end), Math.max(begun.bar, end));
  };
  const drop = () => {
    press.current = null;
    setState((was) => ({ ...was, anchor: null }));
  };
  const key = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const next = afterKey({ cursor, anchor: state.anchor }, event.key, event.shiftKey, bars.length);
    if (next) setState(next);
    else if (event.key === 'Enter') onZoom(chosen?.from ?? cursor, chosen?.to ?? cursor);
    else if (event.key === 'Escape' && chosen) drop();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = chosen ?? (inFocus ? { from: cursor, to: cursor } : null);
  const words = chosen
    ? `Chosen: ${bars[chosen.from]} up to ${bars[chosen.to]}. Press Enter to zoom.`
    : (bars[cursor] ?? '');
  return (
    <div
      ref={box}
      className="relative select-none cursor-crosshair"
      style={{ touchAction: 'pan-y' }}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={drop}
    >
      {children}
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${label}. Arrow keys move, Shift and arrow keys choose, Enter zooms`}
        aria-valuemin={1}
        aria-valuemax={Math.max(1, bars.length)}
        aria-valuenow={cursor + 1}
        aria-valuetext={words}
        className="absolute inset-y-0 right-0 pointer-events-none rounded-2"
        style={{ left }}
        onKeyDown={key}
        onFocus={() => setInFocus(true)}
        onBlur={() => {
          setInFocus(false);
          drop();
        }}
      >
        {shown && (
          <div
            className="absolute top-0 bottom-6 bg-accent-bg border-x border-accent opacity-60"
            style={{
              left: `${(shown.from / bars.length) * 100}%`,
              width: `${((shown.to - shown.from + 1) / bars.length) * 100}%`,
            }}
          />
        )}
      </div>
    </div>
  );
}
