import { setTimeout as sleep } from 'node:timers/promises';
import type { PracticeRegatta } from '#app/practice/regatta/index.ts';
import type { RegattaSeed } from '#app/practice/seed.ts';

export interface StoryParts {
  url: string;
  key: string;
  regatta: PracticeRegatta;
  seed: RegattaSeed;
  pending(now: Date): Promise<number>;
}

export interface Player {
  counts: { conversions: number; captures: number; refunds: number };
  /** Turns both clocks to `msAgo` before now. */
  at(msAgo: number): Promise<void>;
  post(path: string, body: unknown): Promise<{ status: number; data: Record<string, unknown> }>;
  /** The records of orders that are reported by their record afterwards. */
  records(list: readonly Record<string, unknown>[]): Promise<void>;
  captures(list: readonly Record<string, unknown>[]): Promise<void>;
  conversions(list: readonly Record<string, unknown>[]): Promise<void>;
  refund(body: Record<string, unknown>): Promise<void>;
  /** Waits until everything that is due has been answered. */
  settle(): Promise<void>;
}

/** Speaks to Leadline as a shop's backend would, over HTTP, and turns the two clocks. Throws on a refusal. */
export function createPlayer(parts: StoryParts): Player {
  const counts = { conversions: 0, captures: 0, refunds: 0 };
  const post: Player['post'] = async (path, body) => {
    const response = await fetch(parts.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${parts.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { data?: Record<string, unknown>; error?: { message: string } };
    if (!response.ok) throw new Error(`${path} was refused (${response.status}): ${answer.error?.message}`);
    return { status: response.status, data: answer.data ?? {} };
  };
  let turnedBack = 0;
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 400; i++) {
      if ((await parts.pending(new Date(Date.now() - turnedBack))) === 0) return;
      await sleep(10);
    }
  };
  return {
    counts,
    post,
    settle,
    async at(msAgo) {
      turnedBack = Math.round(msAgo);
      parts.regatta.changeClock({ offsetMs: -turnedBack });
      await post('/__practice/clock', { offsetMs: -turnedBack });
    },
    async records(list) {
      await Promise.all(list.map((record) => post('/api/v1/records', record)));
    },
    async captures(list) {
      await Promise.all(list.map((capture) => post('/api/v1/captures', capture)));
      counts.captures += list.length;
    },
    async conversions(list) {
      if (list.length === 0) return;
      const { data } = await post('/api/v1/conversions/batch', { conversions: list });
      const wrong = (data as unknown as { status: number; error?: unknown }[]).find(
        (result) => result.status >= 400,
      );
      if (wrong) throw new Error(`a conversion of the story was refused: ${JSON.stringify(wrong)}`);
      counts.conversions += list.length;
      await settle();
    },
    async refund(body) {
      await post('/api/v1/refunds', body);
      counts.refunds++;
      await settle();
    },
  };
}
