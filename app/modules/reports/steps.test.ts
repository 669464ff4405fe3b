import { expect, test } from 'vitest';
import { dayEdges, outcomeEdges, startOfDay } from './steps.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const at = (text: string) => Date.parse(text);

test('a day begins at local midnight', () => {
  expect(iso(startOfDay(at('2026-05-12T12:02:33.456Z'), 'Europe/Berlin'))).toBe('2026-05-11T22:00:00.000Z');
  expect(iso(startOfDay(at('2026-05-12T22:30:00Z'), 'Europe/Berlin'))).toBe('2026-05-12T22:00:00.000Z');
  expect(iso(startOfDay(at('2026-05-12T03:00:00Z'), 'America/Los_Angeles'))).toBe('2026-05-11T07:00:00.000Z');
  expect(iso(startOfDay(at('2026-05-12T12:02:00Z'), 'Asia/Kolkata'))).toBe('2026-05-11T18:30:00.000Z');
});

test('days of 23 and of 25 hours keep their midnights', () => {
  const spring = dayEdges(at('2026-03-29T15:00:00Z'), 'Europe/Berlin', -1, 3).map(iso);
  expect(spring).toEqual([
    '2026-03-27T23:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
    '2026-03-30T22:00:00.000Z',
  ]);
  const autumn = dayEdges(at('2026-10-25T22:30:00Z'), 'Europe/Berlin', 0, 1).map(iso);
  expect(autumn).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
});

test('a midnight that does not exist gives the first moment of that day', () => {
  // Cuba sets its clocks forward at midnight
  expect(iso(startOfDay(at('2026-03-08T15:00:00Z'), 'America/Havana'))).toBe('2026-03-08T05:00:00.000Z');
});

test('issue 4.8 a midnight that comes twice begins the day the first time, in the calendar as among the losses', () => {
  // Cuba sets its clocks back from one to midnight, in 2026 on the first of a month
  const [first, end] = dayEdges(at('2026-11-01T15:00:00Z'), 'America/Havana', 0, 1).map(iso);
  expect([first, end]).toEqual(['2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z']);
  expect(iso(startOfDay(at('2026-11-01T05:30:00Z'), 'America/Havana'))).toBe('2026-11-01T04:00:00.000Z');
  expect(iso(startOfDay(at('2026-11-01T04:30:00Z'), 'America/Havana'))).toBe('2026-11-01T04:00:00.000Z');
  expect(iso(startOfDay(at('2026-10-25T12:00:00Z'), 'Atlantic/Azores'))).toBe('2026-10-25T00:00:00.000Z');
});

test('outcome steps are six local hours and end with the one that holds now', () => {
  const edges = outcomeEdges(at('2026-05-12T12:02:00Z'), 'Europe/Berlin', 7);
  expect(iso(edges[0] as number)).toBe('2026-05-05T22:00:00.000Z');
  expect(edges).toHaveLength(6 * 4 + 3 + 1);
  expect(iso(edges.at(-1) as number)).toBe('2026-05-12T16:00:00.000Z');
  for (const [i, edge] of edges.entries()) expect(i === 0 || edge > (edges[i - 1] as number)).toBe(true);
});

test('on the last second of a day the last step ends at midnight', () => {
  expect(iso(outcomeEdges(at('2026-05-12T21:59:59Z'), 'Europe/Berlin', 1).at(-1) as number)).toBe(
    '2026-05-12T22:00:00.000Z',
  );
});
