import type { Player } from './player.ts';

const HOUR = 3_600_000;

/** A full refund comes when the payout has left already. */
export async function missedDeadline(player: Player): Promise<void> {
  await player.at(24.5 * HOUR);
  await player.refund({
    refundId: 're_3RLost80571',
    externalId: 'order_80564',
    kind: 'refund',
    full: true,
    amountCents: 4_900,
  });
}

/** Partial ones that ask a person. */
const PARTIAL = [
  ['re_3RNqK2Lz8vPd', 'order_84942', 2_000],
  ['re_3RNtX1Lz8vQa', 'order_86432', 4_000],
  ['re_3RNv04Lz8vTe', 'order_90355', 7_900],
  ['re_3RNwZ2Lz8vMd', 'order_96959', 1_200],
] as const;

/** What arrives this morning: partial ones that ask, full ones that dispute by themselves, one that finds no order. */
export async function refundsOfToday(player: Player): Promise<void> {
  await player.at(1.5 * HOUR);
  for (const [refundId, externalId, amountCents] of PARTIAL)
    await player.refund({ refundId, externalId, kind: 'refund', full: false, amountCents });
  const rest = [
    {
      refundId: 're_3RNx18Lz8vKf',
      externalId: 'order_98540',
      kind: 'refund',
      full: true,
      amountCents: 4_900,
    },
    { refundId: 'dp_1RNuB9Lz8vWc', externalId: 'order_87894', kind: 'chargeback', amountCents: 4_900 },
    { refundId: 'adj_01jv2qk7', paymentId: 'txn_01jv1m2x8k', kind: 'refund', full: true },
    { refundId: 're_3RPw21Lz8vFe', externalId: 'order_283980', kind: 'refund', full: true },
    // this order had no tracking code: nothing is owed
    { refundId: 're_3RPz77Lz8vGh', externalId: 'order_283915', kind: 'refund', full: true },
  ];
  for (const refund of rest) await player.refund(refund);
}
