import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createGroup } from './group.server.ts';

describe('group commit', () => {
  test('flushes at once when idle and collects while a flush is in flight', async () => {
    const sizes: number[] = [];
    const group = createGroup<number, number>({
      max: 100,
      failsForAll: () => true,
      async flush(inputs) {
        sizes.push(inputs.length);
        await sleep(20);
        return inputs.map((n) => n * 2);
      },
    });
    const first = group.push(1);
    await sleep(5);
    const rest = [2, 3, 4].map((n) => group.push(n));
    expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8]);
    expect(sizes).toEqual([1, 3]);
  });

  test('never takes more than its limit, and keeps the order', async () => {
    const seen: number[][] = [];
    const group = createGroup<number, number>({
      max: 3,
      failsForAll: () => true,
      async flush(inputs) {
        seen.push(inputs);
        return inputs;
      },
    });
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => group.push(n)));
    expect(seen).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  test('one that cannot be stored does not take its neighbours down', async () => {
    const group = createGroup<number, number>({
      max: 10,
      failsForAll: () => false,
      async flush(inputs) {
        if (inputs.includes(13)) throw new Error('13 cannot be stored');
        return inputs;
      },
    });
    const results = await Promise.allSettled([12, 13, 14].map((n) => group.push(n)));
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('a store at fault refuses all at once, without trying each', async () => {
    let flushes = 0;
    const group = createGroup<number, number>({
      max: 10,
      failsForAll: () => true,
      async flush() {
        flushes++;
        throw new Error('disk full');
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map((n) => group.push(n)));
    expect(results.map((r) => r.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(flushes).toBe(1);
  });

  test('a further lane starts for a large group only, and idle waits for every lane', async () => {
    const sizes: number[] = [];
    const open: (() => void)[] = [];
    const group = createGroup<number, number>({
      max: 100,
      lanes: 2,
      failsForAll: () => true,
      async flush(inputs) {
        sizes.push(inputs.length);
        await new Promise<void>((resolve) => open.push(resolve));
        return inputs;
      },
    });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const pushes = [group.push(0)];
    await turn();
    for (let n = 1; n <= 10; n++) pushes.push(group.push(n));
    await turn();
    // ten are too few for a lane of their own: they wait for the first flush
    expect(sizes).toEqual([1]);
    for (let n = 11; n <= 70; n++) pushes.push(group.push(n));
    await turn();
    expect(sizes).toEqual([1, 70]);
    let idle = false;
    const waits = group.idle().then(() => {
      idle = true;
    });
    open[0]?.();
    await turn();
    expect(idle).toBe(false);
    open[1]?.();
    expect(await Promise.all(pushes)).toEqual(Array.from({ length: 71 }, (_, n) => n));
    await waits;
    expect(idle).toBe(true);
  });
});
