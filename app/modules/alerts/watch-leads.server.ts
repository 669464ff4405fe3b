import { readDueLeads } from '#app/modules/reports/index.server.ts';
import { isDue } from './thresholds.ts';
import type { Watch } from './watch.ts';
import { countOf } from './words.ts';

const HOUR_MS = 3_600_000;

/** Refunded leads that nobody has settled and whose deadline is near. */
export const watchLeads: Watch<'leads_due'> = async (pass, rule) => {
  const { hours } = rule.settings;
  const due = await pass.once(`due ${hours}`, () => readDueLeads(pass.ctx, hours * HOUR_MS));
  const active = isDue({ count: due.count, sums: due.atStake }, rule.settings);
  return [
    {
      subject: 'leads_due',
      active,
      async words(transition) {
        const near = `within ${countOf(hours, 'hour')}`;
        const link = { path: '/leads?view=due', linkLabel: 'Open the leads that are due' };
        if (transition === 'cleared')
          return {
            ...link,
            title: `Leads due ${near}: back under your limit`,
            what:
              due.count === 0 ? `None is due ${near}.` : `${countOf(due.count, 'lead')} still due ${near}.`,
            money: due.atStake,
            unknown: due.unknown,
            todo: due.count === 0 ? 'Nothing.' : 'Settle the rest before their deadline.',
          };
        const first = due.first
          ? ` The first, order ${due.first.externalId}, at ${utcWords(due.first.disputeBy)}.`
          : '';
        return {
          ...link,
          title: `${countOf(due.count, 'refunded lead')} due ${near}`,
          what: `Their holding period ends ${near}; after that the payout cannot be taken back.${first}`,
          money: due.atStake,
          unknown: due.unknown,
          todo: 'Dispute them, or decide that they stand.',
        };
      },
    },
  ];
};

/** "12 May 14:02 UTC". */
const utcWords = (iso: string): string => {
  const day = new Date(iso).toUTCString();
  return `${Number(day.slice(5, 7))} ${day.slice(8, 11)} ${iso.slice(11, 16)} UTC`;
};
