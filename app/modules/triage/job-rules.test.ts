import { describe, expect, test } from 'vitest';
import { POSTBACK_STATUSES } from '#app/modules/outbox/schema.ts';
import { judgeWave, leftOutBecause, leftOutSql, noWave, readWave, WINDOW_MAX } from './job-rules.ts';

const eligible = (kind: 'retry' | 'cancel' | 'acknowledge', maySent = false, acknowledged = false) =>
  POSTBACK_STATUSES.filter(
    (status) => leftOutBecause(kind, { status, maySent, acknowledged, unread: false }) === null,
  );

describe('what a job may act on', () => {
  test('retry: what the network does not have and is not due already', () => {
    expect(eligible('retry')).toEqual(['retrying', 'failed', 'exhausted', 'parked']);
    expect(eligible('retry', true)).toEqual(eligible('retry'));
  });
  test('RG-43 retry: also a success without its data, which is never taken back nor put aside', () => {
    const row = { status: 'duplicate', maySent: true, acknowledged: false, unread: true } as const;
    expect(leftOutBecause('retry', row)).toBeNull();
    expect(leftOutBecause('cancel', row)).toBe('duplicate: the network had it already');
    expect(leftOutBecause('acknowledge', row)).toBe('duplicate: the network had it already');
  });
  test('cancel: only what cannot have reached the network', () => {
    expect(eligible('cancel')).toEqual(['queued', 'retrying', 'failed', 'exhausted', 'parked']);
    expect(eligible('cancel', true)).toEqual([]);
  });
  test('acknowledge: only what needs a person, once', () => {
    expect(eligible('acknowledge', true)).toEqual(['failed', 'exhausted', 'parked']);
    expect(eligible('acknowledge', true, true)).toEqual([]);
  });
  test('the SQL names every case of every kind', () => {
    for (const kind of ['retry', 'cancel', 'acknowledge'] as const) {
      const sql = leftOutSql(kind, 'm');
      for (const status of POSTBACK_STATUSES) {
        const out = [false, true].some((maySent) =>
          [false, true].some(
            (seen) => leftOutBecause(kind, { status, maySent, acknowledged: seen, unread: false }) !== null,
          ),
        );
        expect(sql.includes(`m."status" = '${status}'`), `${kind} ${status}`).toBe(out);
      }
    }
  });
});

describe('the window', () => {
  const wave = (settled: number, refused: Record<string, number> = {}) => ({ ...noWave(), settled, refused });

  test('doubles when a wave went well, up to 512', () => {
    expect(judgeWave(8, wave(8))).toMatchObject({ window: 16, wave: { settled: 0 }, stop: null });
    expect(judgeWave(WINDOW_MAX, wave(WINDOW_MAX)).window).toBe(512);
  });
  test('keeps its size while a wave is not over', () => {
    expect(judgeWave(16, wave(15))).toMatchObject({ window: 16, wave: { settled: 15 }, stop: null });
  });
  test('halves when a quarter failed again, keeps still when some did', () => {
    expect(judgeWave(64, wave(64, { NOT_FOUND: 10, TIMEOUT: 6 })).window).toBe(32);
    expect(judgeWave(64, wave(64, { NOT_FOUND: 5 })).window).toBe(64);
    expect(judgeWave(64, wave(64, { NOT_FOUND: 3 })).window).toBe(128);
    expect(judgeWave(8, wave(8, { NOT_FOUND: 2 })).window).toBe(8);
  });
  test('stops when half of a wave of 8 or more were refused with one code, not with several', () => {
    expect(judgeWave(8, wave(4, { NOT_FOUND: 4 })).stop).toEqual({
      code: 'NOT_FOUND',
      refused: 4,
      of: 4,
      others: [],
    });
    expect(judgeWave(8, wave(8, { BUSY: 1, NOT_FOUND: 4, BAD_INPUT: 2 })).stop).toEqual({
      code: 'NOT_FOUND',
      refused: 4,
      of: 8,
      others: [
        ['BAD_INPUT', 2],
        ['BUSY', 1],
      ],
    });
    expect(judgeWave(8, wave(8, { NOT_FOUND: 3, BAD_INPUT: 3 })).stop).toBeNull();
    expect(judgeWave(8, wave(3, { NOT_FOUND: 3 })).stop).toBeNull();
  });
  test('survives in the row', () => {
    expect(readWave(null)).toEqual(noWave());
    expect(readWave(JSON.stringify(wave(5, { A: 1 })))).toEqual(wave(5, { A: 1 }));
  });
});
