import { drawBase58, type Random } from '../random.ts';
import type { SourceId } from './types.ts';

/** Draws ids in the shape of each provider's own. */
export type Ids = {
  /** `pi_3…`: the prefix and 24 characters. */
  stripe(prefix: string): string;
  /** 13 digits, as Shopify numbers orders and refunds. */
  shopify(): string;
  /** `txn_01…`: the prefix and a ULID in lower case, in the order of time. */
  paddle(prefix: string): string;
  /** A version 4 UUID shape is not needed: Shopify's delivery ids are compared, not parsed. */
  delivery(): string;
};

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** Starts drawing; `now` is the practice time in ms. */
export function createIds(random: Random, now: () => number): Ids {
  const letters = (length: number, alphabet: string): string =>
    Array.from({ length }, () => alphabet[Math.floor(random.next() * alphabet.length)]).join('');
  const time = (ms: number): string => {
    let rest = ms;
    let text = '';
    for (let i = 0; i < 10; i++) {
      text = (CROCKFORD[rest % 32] ?? '0') + text;
      rest = Math.floor(rest / 32);
    }
    return text;
  };
  return {
    stripe: (prefix) => `${prefix}_${drawBase58(random, 24)}`,
    shopify: () => `5${letters(12, '0123456789')}`,
    paddle: (prefix) => `${prefix}_${time(now())}${letters(16, CROCKFORD)}`,
    delivery: () => [8, 4, 4, 4, 12].map((length) => letters(length, '0123456789abcdef')).join('-'),
  };
}

/** The ids that a new payment of that provider is born with. */
export function idsOf(ids: Ids, source: SourceId, at: { subscription: boolean; livemode: boolean }) {
  if (source === 'shopify')
    return { order: ids.shopify(), checkout_token: ids.delivery().replaceAll('-', '') };
  if (source === 'paddle')
    return {
      transaction: ids.paddle('txn'),
      invoice: ids.paddle('inv'),
      ...(at.subscription ? { subscription: ids.paddle('sub') } : {}),
    };
  return {
    session: ids.stripe(at.livemode ? 'cs_live' : 'cs_test'),
    payment_intent: ids.stripe('pi'),
    charge: ids.stripe('ch'),
    ...(at.subscription ? { invoice: ids.stripe('in'), subscription: ids.stripe('sub') } : {}),
  };
}
