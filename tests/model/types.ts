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
  /** A person disputes the lead itself: alone, or in the next batch of leads. */
  hand: { round: number; undo: boolean; bulk: boolean } | null;
  /** What the person says once asked, after how many rounds, and whether one by one or in a batch. */
  review: { choice: 'dispute' | 'let_pass' | 'none'; after: number; bulk: boolean };
  /** What becomes of its dispute where another person must agree, and after how many rounds. */
  second: { does: 'approve' | 'reject' | 'withdraw' | 'none'; after: number };
  /** Of postbacks and disputes, used up in this order. */
  faults: FaultInput[];
  /** Its events fall together, so that only the books' agreement is asked, not which way it went. */
  loose: boolean;
}

/** A batch of disputes that a person begins in a round, and what becomes of it. */
export interface Bulk {
  of: 'refunds' | 'leads' | 'matching_refunds' | 'matching_leads';
  /** `undo`: within its ten seconds. `cancel`: while it runs. `crash`: Leadline dies after some rows and comes back. */
  fate: 'run' | 'undo' | 'cancel' | 'crash';
  /** Where it dies: after so many rows, and whether the last of them was committed. */
  crash: { rows: number; committed: boolean };
  /** Of its first rows the network answers too late or never. */
  slow: boolean;
}

/** From a round on (to another) disputes by people above a payout need another person. Minor units by currency. */
export interface Eyes {
  from: number;
  to: number;
  above: Record<string, number>;
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
  bulks: Map<number, Bulk>;
  eyes: Eyes;
  orders: Order[];
}

/** What a person or a restart did, as it was answered. */
export interface Decision {
  round: number;
  refundId: string;
  choice: 'dispute' | 'let_pass';
  /** The disposition answered. */
  became: string;
  /** Another person must agree. */
  asked: boolean;
}
/** What a row of a batch came to by the end of its round. */
export interface BulkRow {
  round: number;
  fate: Bulk['fate'];
  externalId: string;
  /** The provider's id; null for a lead. */
  refundId: string | null;
  state: string;
}
/** What was answered to who decided about a dispute that waited for another person. */
export interface Second {
  round: number;
  externalId: string;
  /** The refund it was asked for, by the provider's id. */
  refundId: string | null;
  does: 'approve' | 'reject' | 'withdraw';
  ok: boolean;
}
export interface Log {
  decisions: Decision[];
  bulks: BulkRow[];
  seconds: Second[];
  hands: Map<string, { round: number; undone: boolean; asked: boolean }>;
  reversals: Map<string, { round: number; kind: string }>;
  /** What went wrong on the way: answers that nobody may give. */
  problems: string[];
  stops: number;
  /** Rows that were left to do as Leadline died in the middle of a batch. */
  interrupted: number;
}
