import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `probe` answers something true, and answers it. Fails with `what` after `ms`. */
export async function until<T>(
  what: string,
  probe: () => Promise<T> | T,
  ms = 15_000,
): Promise<NonNullable<T>> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await probe();
    if (value) return value as NonNullable<T>;
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await sleep(20);
  }
}
