import { readHeldUpTotal } from '#app/modules/triage/index.server.ts';
import type { Store } from '#app/platform/db/store.server.ts';
import { formatMoney } from '#app/platform/money.ts';
import { isOver } from './thresholds.ts';
import type { Pass, Sighting, Watch } from './watch.ts';
import { countOf } from './words.ts';

type Total = Awaited<ReturnType<typeof readHeldUpTotal>>;

/** The sum walks every row that is held up. From so many on it is kept for a while: 100,000 rows 6 s, a million 60 s. */
const MANY = 10_000;
const KEEP_MS_A_ROW = 0.06;
const KEPT = new WeakMap<Store, { total: Total; until: number }>();

/** What is held up altogether; never a burden on the store, however much it is. */
async function totalOf({ ctx }: Pass): Promise<Total> {
  const kept = KEPT.get(ctx.store);
  if (kept && performance.now() < kept.until) return kept.total;
  const total = await readHeldUpTotal(ctx);
  if (total.held < MANY) KEPT.delete(ctx.store);
  else KEPT.set(ctx.store, { total, until: performance.now() + total.held * KEEP_MS_A_ROW });
  return total;
}

/** Payouts held up by all open causes, a currency at a time: told once when over its limit, once when back well under. */
export const watchUnpaid: Watch<'unpaid_over'> = async (pass, rule, seen) => {
  const total = await pass.once('unpaid', () => totalOf(pass));
  return rule.settings.limits.map((limit): Sighting => {
    const subject = `unpaid:${limit.currency}`;
    const minor = total.sums.find(({ currency }) => currency === limit.currency)?.minor ?? 0;
    const active = isOver(limit, minor, seen.get(subject)?.active ?? false);
    const [sum, bound] = [formatMoney(minor, limit.currency), formatMoney(limit.minor, limit.currency)];
    return {
      subject,
      active,
      async words(transition) {
        const raised = transition === 'raised';
        return {
          title: raised ? `${sum} unpaid: over ${bound}` : `Unpaid money is back under ${bound}`,
          what: raised
            ? `${countOf(total.held, 'postback')} of ${countOf(total.issues, 'cause')} hold up ${sum} of payouts.`
            : `${sum} is held up now.`,
          money: minor === 0 ? [] : [{ currency: limit.currency, minor }],
          unknown: raised ? total.unknown : 0,
          todo: raised
            ? 'Fix the cause with the most money first, then release what it holds up.'
            : 'Nothing.',
          path: '/issues',
          linkLabel: 'Open the issues',
        };
      },
    };
  });
};
