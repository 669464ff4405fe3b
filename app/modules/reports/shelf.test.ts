import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Store } from '#app/platform/db/store.server.ts';
import { createLog } from '#app/platform/log.server.ts';
import { createReportKeeper, Shelf, shelfOf } from './shelf.server.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the keeper reads anew what somebody looked at, though nobody asks, until it is stopped', async () => {
  const store = {} as unknown as Store;
  const ctx = { store, clock: { now: () => Date.now() }, log: createLog('silent') };
  let readings = 0;
  const read = async (): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return ++readings;
  };
  const first = shelfOf(store).ask(ctx, 'x', read);
  await vi.advanceTimersByTimeAsync(500);
  expect((await first).value).toBe(1);
  const keeper = createReportKeeper(ctx);
  keeper.start();
  await vi.advanceTimersByTimeAsync(140_000);
  expect(readings).toBe(1);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(readings).toBe(2);
  expect((await shelfOf(store).ask(ctx, 'x', read)).value).toBe(2);
  await keeper.stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(readings).toBe(2);
});

test('a report that could not be read anew behind its reader is logged, and the next one to ask is told', async () => {
  const lines: string[] = [];
  const log = createLog('error', { write: (line: string) => void lines.push(line) });
  const ctx = { clock: { now: () => Date.now() }, log };
  let now = 0;
  const shelf = new Shelf(() => now);
  let down = false;
  const read = async (): Promise<number> => {
    now += 1_000;
    if (down) throw new Error('the disk is gone');
    return 7;
  };
  expect((await shelf.ask(ctx, 'x', read)).value).toBe(7);
  now += 120_000;
  down = true;
  expect(await shelf.ask(ctx, 'x', read)).toMatchObject({ value: 7, reading: { renewing: true } });
  await vi.advanceTimersByTimeAsync(0);
  expect(lines).toEqual([expect.stringContaining('a report could not be read anew')]);
  await expect(shelf.ask(ctx, 'x', read)).rejects.toThrow('the disk is gone');
});
