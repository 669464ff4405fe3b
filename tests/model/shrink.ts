import type { Played } from './world.ts';

export interface SmallDraw {
  only: readonly number[];
  without: readonly string[];
}
export interface SmallCase {
  draw: SmallDraw;
  played: Played;
}

/**
 * Looks for a small case that fails too: the orders that were wrong alone, then half of them and so on, down to one;
 * then without restarts and without the network's faults. Null where none of them fails.
 */
export async function shrink(
  played: Played,
  play: (draw: SmallDraw) => Promise<Played>,
): Promise<SmallCase | null> {
  const wrong = [...new Set(played.problems.flatMap(({ order }) => (order === null ? [] : [order])))];
  if (wrong.length === 0) return null;
  const attempt = async (draw: SmallDraw): Promise<SmallCase | null> => {
    const again = await play(draw);
    return again.problems.length > 0 ? { draw, played: again } : null;
  };
  const first = await attempt({ only: wrong.slice(0, 200), without: [] });
  if (!first) return null;
  let best: SmallCase = first;
  while (best.draw.only.length > 1) {
    const smaller: SmallCase | null = await halfOf(best.draw.only, attempt);
    if (!smaller) break;
    best = smaller;
  }
  for (const what of ['restarts', 'faults'])
    best = (await attempt({ ...best.draw, without: [...best.draw.without, what] })) ?? best;
  return best;
}

async function halfOf(
  only: readonly number[],
  attempt: (draw: SmallDraw) => Promise<SmallCase | null>,
): Promise<SmallCase | null> {
  const middle = Math.ceil(only.length / 2);
  const one = await attempt({ only: only.slice(0, middle), without: [] });
  return one ?? attempt({ only: only.slice(middle), without: [] });
}
