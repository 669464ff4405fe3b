import { describe, expect, test } from 'vitest';
import { layOut, rowStart, SPANS } from './bars.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-05-12T14:07:31Z');

describe('the bars of a chart', () => {
  test('cover what was asked for, are at most 100, and are made of whole rows', () => {
    for (const hours of [0.25, 1, 3, 6, 12, 24, 48, 72, 168, 216, 720, 2160]) {
      for (const zone of ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns']) {
        const { edges, barMs, span } = layOut(NOW - hours * HOUR, NOW, zone);
        expect(edges[0]).toBeLessThanOrEqual(NOW - hours * HOUR);
        expect(edges.at(-1)).toBeGreaterThanOrEqual(NOW);
        expect(edges.length - 1).toBeLessThanOrEqual(100);
        for (const edge of edges) expect(edge % (span * 60_000)).toBe(0);
        expect(barMs % (span * 60_000)).toBe(0);
      }
    }
  });
  test('of three hours begin at midnight of the reader', () => {
    const { edges } = layOut(NOW - 7 * DAY, NOW, 'America/New_York');
    expect(edges).toContain(Date.parse('2026-05-12T04:00:00Z'));
    expect(layOut(NOW - 7 * DAY, NOW, 'UTC').edges).toContain(Date.parse('2026-05-12T00:00:00Z'));
  });
  test('a stretch too long is cut at its beginning, one too short is widened', () => {
    const long = layOut(0, NOW, 'UTC');
    expect(long.edges.length - 1).toBeLessThanOrEqual(93);
    expect(layOut(NOW, NOW, 'UTC').edges.length).toBeGreaterThanOrEqual(4);
  });
});

test('every row begins at a multiple of its span', () => {
  for (const span of SPANS) {
    expect(rowStart(NOW, span) % (span * 60_000)).toBe(0);
    expect(NOW - rowStart(NOW, span)).toBeLessThan(span * 60_000);
  }
});
