import { describe, expect, test } from 'vitest';
import { boundsOf, hrefWith, pairsOf, readState } from './filters.ts';

const NOW = Date.parse('2026-05-12T12:00:00Z');

describe('the address of the delivery page', () => {
  test('round-trips', () => {
    for (const query of [
      '',
      'range=7d',
      'range=90d&from=2026-05-12T10%3A00%3A00.000Z&to=2026-05-12T11%3A00%3A00.000Z&network=a&network=b&campaign=c%2C1',
    ]) {
      const state = readState(new URLSearchParams(query));
      expect(readState(new URLSearchParams(pairsOf(state)))).toEqual(state);
    }
  });
  test('leaves out what makes no sense', () => {
    const state = readState(new URLSearchParams('range=5y&from=soon&to=2026-05-12&network=&campaign=%00'));
    expect(state).toEqual({ range: '24h', between: null, network: [], campaign: [] });
    const turned = readState(new URLSearchParams('from=2026-05-12T11:00:00Z&to=2026-05-12T10:00:00Z'));
    expect(turned.between).toBeNull();
  });
  test('a zoom keeps the span it was made in, and dropping it goes back there', () => {
    const zoomed = readState(
      new URLSearchParams('range=7d&from=2026-05-12T10:00:00Z&to=2026-05-12T11:00:00Z&network=a'),
    );
    expect(boundsOf(zoomed, NOW)).toEqual({ from: NOW - 2 * 3_600_000, to: NOW - 3_600_000 });
    expect(hrefWith(zoomed, { between: null })).toBe('/delivery?range=7d&network=a');
    expect(hrefWith(readState(new URLSearchParams()), {})).toBe('/delivery');
  });
});
