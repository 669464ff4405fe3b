import type { FaultInput } from '#app/practice/regatta/index.ts';

/** What a campaign pays and what is done about its refunds, in words of the model's own. */
export interface Terms {
  name: string;
  /** Minor units per conversion, or a share of the revenue in hundredths of a per cent. */
  pays: { each: number } | { share: number };
  currency: string;
  days: number;
  rules: Rules;
}

/** `now`: dispute at once. `later`: after the grace time. */
export type Deed = 'now' | 'later' | 'ask' | 'never';
export interface Rules {
  full: Deed;
  partial: Deed;
  chargeback: Deed;
  fraud: Deed;
  /** Parts below this share of the order are treated one step milder. */
  fromPercent: number | null;
}
export const GRACE_HOURS = 48;
export const MARGIN_HOURS = 24;

/** Rounds are numbers into `Scenario.times`. */
export interface Refund {
  id: string;
  kind: 'refund' | 'chargeback' | 'fraud';
  /** Minor units; null where it is not told, which means all of it. */
  amount: number | null;
  full: boolean | null;
  round: number;
  by: 'order' | 'payment';
  /** When the same is told once more. */
  again: number | null;
  reversal: { kind: 'won' | 'failed'; round: number } | null;
}

export interface Order {
  n: number;
  externalId: string;
  terms: number;
  revenue: number;
  /** `none`: no tracking code. `wrong`: one that the network does not know. */
  code: 'good' | 'none' | 'wrong';
  round: number;
  /** When it is reported once more with the same content. */
  again: number | null;
  /** When its id comes with other content. */
  conflict: number | null;
  refunds: Refund[];
  hand: { round: number; undo: boolean } | null;
  /** What the person says once asked, and after how many rounds. */
  review: { choice: 'dispute' | 'let_pass' | 'none'; after: number };
  /** Of postbacks and disputes, used up in this order. */
  faults: FaultInput[];
  /** Its events fall together, so that only the books' agreement is asked, not which way it went. */
  loose: boolean;
}

export interface Scenario {
  seed: number;
  /** Start of each round in ms since 1970; the last ones let everything come to rest. */
  times: number[];
  /** Rounds in which events still come. */
  busy: number;
  /** Rounds in which everything due runs together with what comes in. */
  rush: Set<number>;
  restarts: Map<number, 'stop' | 'kill'>;
  /** Rounds in which a person retries what has stopped. */
  retries: Set<number>;
  orders: Order[];
}

/** What a person or a restart did, as it was answered. */
export interface Decision {
  round: number;
  refundId: string;
  choice: 'dispute' | 'let_pass';
  /** The disposition answered. */
  became: string;
}
export interface Log {
  decisions: Decision[];
  hands: Map<string, { round: number; undone: boolean }>;
  reversals: Map<string, { round: number; kind: string }>;
  /** What went wrong on the way: answers that nobody may give. */
  problems: string[];
  stops: number;
}
