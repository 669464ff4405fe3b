import { describe, expect, test } from 'vitest';
import { afterKey, barAt, chosenOf } from './brush-state.ts';

describe('choosing a stretch of a chart', () => {
  test('arrows move one bar and stay inside; Shift chooses from where it stood', () => {
    const start = { cursor: 2, anchor: null };
    expect(afterKey(start, 'ArrowRight', false, 4)).toEqual({ cursor: 3, anchor: null });
    expect(afterKey({ cursor: 3, anchor: null }, 'ArrowRight', false, 4)?.cursor).toBe(3);
    const grown = afterKey(start, 'ArrowLeft', true, 4);
    expect(grown && chosenOf(grown)).toEqual({ from: 1, to: 2 });
    expect(afterKey({ cursor: 1, anchor: 2 }, 'End', true, 4)).toEqual({ cursor: 3, anchor: 2 });
    expect(afterKey({ cursor: 1, anchor: 2 }, 'Home', false, 4)).toEqual({ cursor: 0, anchor: null });
    expect(afterKey(start, 'x', false, 4)).toBeNull();
  });
  test('a point belongs to the bar it is over, at the edges to the nearest', () => {
    expect([barAt(-5, 100, 10), barAt(0, 100, 10), barAt(99, 100, 10), barAt(500, 100, 10)]).toEqual([
      0, 0, 9, 9,
    ]);
    expect(barAt(50, 100, 10)).toBe(5);
  });
});
