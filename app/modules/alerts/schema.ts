/** Words of alerts that pages share with the server. Client-safe. */

export const CHANNEL_KINDS = ['email', 'slack', 'webhook'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const RULE_KINDS = ['new_issue', 'unpaid_over', 'leads_due', 'no_conversions', 'breaker'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** raised: it began. cleared: it is over. test: somebody pressed Test. */
export type Transition = 'raised' | 'cleared' | 'test';

/** queued: waits for its time. sending: under way. sent: the other side took it. failed: given up, with its error. */
export const DELIVERY_STATUSES = ['queued', 'sending', 'sent', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** An amount in integer minor units. */
export interface Amount {
  currency: string;
  minor: number;
}

/** Hours of the wall clock in a zone, "22:00" to "07:00", in which nothing is told that is not urgent. */
export interface QuietHours {
  from: string;
  to: string;
  zone: string;
}

/** A rule's own settings, by its kind. */
export interface RuleSettings {
  new_issue: {
    /** Told only once it holds up at least one of these sums; empty: at once. */
    minUnpaid: Amount[];
  };
  unpaid_over: {
    /** One limit a currency. */
    limits: Amount[];
  };
  leads_due: {
    /** Hours before the deadline from which a lead counts. */
    hours: number;
    /** Leads, or money at stake, from which it is told; whichever comes first. */
    minCount: number | null;
    minMoney: Amount[];
  };
  no_conversions: {
    /** The zone whose hours and weekdays are compared. */
    zone: string;
  };
  breaker: {
    /** Pauses by hand are told as well. */
    pauses: boolean;
  };
}

/** What every rule keeps beside its own settings. */
export interface CommonSettings {
  /** Told at once, in quiet hours too. */
  urgent: boolean;
  /** What began before is not told, UTC ISO: when the rule was made or switched on. */
  watchedFrom: string;
}

/** One thing that is told. */
export interface AlertText {
  transition: Transition;
  /** When it was noticed, UTC ISO. */
  at: string;
  /** Name of the rule. */
  rule: string;
  kind: RuleKind | null;
  /** What it is about: the same from raised to cleared. */
  subject: string;
  title: string;
  what: string;
  /** Money at stake; `unknown` counts what has no known payout. */
  money: Amount[];
  unknown: number;
  todo: string;
  /** Its queue, below the address of Leadline. */
  path: string;
  linkLabel: string;
}

/** What one delivery tells: one alert, several that came together, or what quiet hours held back. */
export interface AlertBody {
  kind: 'one' | 'several' | 'digest';
  alerts: AlertText[];
  /** How many there were beyond those kept. */
  more: number;
}

export const KIND_WORDS: Record<RuleKind, { label: string; note: string }> = {
  new_issue: { label: 'New cause', note: 'A cause of failing postbacks opens, or comes back.' },
  unpaid_over: { label: 'Unpaid money', note: 'Postbacks hold up more payouts than you can leave lying.' },
  leads_due: { label: 'Leads due', note: 'Refunded leads near their deadline that nobody has settled.' },
  no_conversions: {
    label: 'No conversions',
    note: 'None for as long as is unusual for that hour and weekday.',
  },
  breaker: {
    label: 'Held back',
    note: 'A network refuses everything, so what follows waits; and when that ends.',
  },
};

export const CHANNEL_WORDS: Record<ChannelKind, { label: string; note: string }> = {
  email: { label: 'Email', note: 'One or more addresses.' },
  slack: { label: 'Slack', note: 'An incoming webhook of Slack, Mattermost, or what speaks like them.' },
  webhook: { label: 'Webhook', note: 'Signed JSON to an address of yours.' },
};
