import type { ConsoleSession } from './console.ts';
import type { Player } from './player.ts';

const DAY = 86_400_000;

/** Which of yesterday's first orders billing does not know, knows with another amount, or has paid back unheard of. */
const [MISSING, OTHER_AMOUNT, PAID_BACK] = [4, 7, 11];
/** Paid, and never told to Leadline. */
const NEVER_TOLD = ['order_283759', 'order_283766'] as const;

/** Jonas holds yesterday's orders of billing against what Leadline knows: a few gaps, each with its reason. */
export async function reconcileBilling(player: Player, finance: ConsoleSession): Promise<void> {
  const since = player.now() - DAY;
  const known = player.orders.filter(({ at }) => at > since);
  const lines = known.map(({ id, cents, at }, i) => {
    const back = i === PAID_BACK ? cents : (player.refunded.get(id) ?? 0);
    return line(id, i === OTHER_AMOUNT ? cents + 600 : cents, back, at);
  });
  lines.splice(MISSING, 1);
  const last = known.at(-1)?.at ?? player.now();
  const text = [
    'order_id,total,refunded,currency,status,created_at (UTC)',
    ...lines,
    ...NEVER_TOLD.map((id) => line(id, 4_900, 0, last)),
  ].join('\n');
  const query = new URLSearchParams({ name: 'billing-yesterday.csv', source: 'billing' });
  const { id } = await finance.upload(`/reports/reconcile/upload?${query}`, `${text}\n`);
  await finance.form(`/reports/reconcile/${String(id)}`, { intent: 'start' });
}

function line(id: string, cents: number, back: number, at: number): string {
  const status = back === 0 ? 'paid' : back < cents ? 'partially_refunded' : 'refunded';
  const money = (minor: number): string => (minor / 100).toFixed(2);
  return [id, money(cents), money(back), 'USD', status, new Date(at).toISOString()].join(',');
}
