import type { Player } from './player.ts';

const HOUR = 3_600_000;

/** A full refund comes when the payout has left already. */
export async function missedDeadline(player: Player): Promise<void> {
  await player.at(24.5 * HOUR);
  await player.refund({ refundId: 're_3RLost80571', order: 'order_80564' });
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
  for (const [refundId, order, amountCents] of PARTIAL) await player.refund({ refundId, order, amountCents });
  await player.refund({ refundId: 're_3RNx18Lz8vKf', order: 'order_98540' });
  await player.refund({ refundId: 'du_1RNuB9Lz8vWc', order: 'order_87894', chargeback: true });
  await unknownAtPaddle(player);
  await player.refund({ refundId: 're_3RPw21Lz8vFe', order: 'order_283980' });
  // this order had no tracking code: nothing is owed
  await player.refund({ refundId: 're_3RPz77Lz8vGh', order: 'order_283915' });
}

/** Paddle refunds a transaction that nobody has told Leadline of. */
async function unknownAtPaddle(player: Player): Promise<void> {
  const transaction = 'txn_01jv1m2x8k';
  await player.told((billing) =>
    billing.pay({
      source: 'paddle',
      orderId: 'FS-eu-3081',
      amountCents: 8_900,
      tell: false,
      ids: { transaction },
    }),
  );
  await player.refund({ refundId: 'adj_01jv2qk7', order: transaction });
}

/** What else providers send: an order of the Shopify store, a test, types that mean nothing, one that nobody signed rightly. */
export async function otherWebhooks(player: Player, ref: string): Promise<void> {
  await player.at(1.2 * HOUR);
  await player.told((billing) =>
    billing.pay({ source: 'shopify', orderId: '#1042', amountCents: 6_900, ref, email: 'noor@example.com' }),
  );
  player.counts.conversions++;
  await player.refund({ refundId: '5820317744012', order: '#1042', amountCents: 1_500 });
  await player.told((billing) =>
    billing.pay({ source: 'stripe', orderId: 'order_test_1', amountCents: 100, ref, livemode: false }),
  );
  await player.told((billing) =>
    billing.other({
      source: 'stripe',
      type: 'customer.created',
      object: { id: 'cus_SGr6Y0yQ', object: 'customer' },
    }),
  );
  await player.told((billing) => {
    billing.setFaults([{ kind: 'wrong_secret', remaining: 1 }]);
    return billing.other({
      source: 'stripe',
      type: 'charge.refunded',
      object: { id: 'ch_forged', object: 'charge' },
    });
  });
  await player.told((billing) => {
    billing.setFaults([{ kind: 'repeat', remaining: 1 }]);
    return billing.other({ source: 'paddle', type: 'customer.updated', object: { id: 'ctm_01jv1m2x8k' } });
  });
}
