import type { AlertText, ChannelKind, DeliveryStatus, QuietHours, RuleKind, Transition } from './schema.ts';

/** Alerts as pages see them. Times are UTC ISO. Client-safe. */

export interface ChannelView {
  id: string;
  name: string;
  kind: ChannelKind;
  /** What may be shown of where it leads: addresses, or host and last characters. */
  hint: string;
  enabled: boolean;
  /** Names of the rules that tell it. */
  rules: string[];
  /** What came of the last delivery that has ended, tests among them. */
  last: { status: 'sent' | 'failed'; at: string; error: string | null } | null;
}

export interface RuleView {
  id: string;
  name: string;
  kind: RuleKind;
  enabled: boolean;
  urgent: boolean;
  /** Its settings in words: "from $500.00 on". */
  when: string;
  channels: { id: string; name: string; enabled: boolean }[];
  quietHours: QuietHours | null;
  /** Subjects that stand raised now. */
  active: number;
  /** When it last told somebody. */
  lastToldAt: string | null;
  /** Why it cannot tell anything yet, or null: too little history. */
  silentBecause: string | null;
}

/** The stored values of a rule, as its form shows them. */
export interface RuleFormValues {
  name: string;
  channelIds: string[];
  urgent: boolean;
  quietHours: QuietHours | null;
  zone: string | null;
  minUnpaid: string;
  limits: string;
  hours: string;
  minCount: string;
  minMoney: string;
  pauses: boolean;
}

export interface DeliveryView {
  id: string;
  status: DeliveryStatus;
  transition: Transition;
  title: string;
  kind: 'one' | 'several' | 'digest';
  ruleName: string | null;
  /** Null where the channel was removed. */
  channel: { id: string; name: string; kind: ChannelKind } | null;
  attempts: number;
  dueAt: string;
  responseStatus: number | null;
  lastError: string | null;
  createdAt: string;
  sentAt: string | null;
}

export interface DeliveryDetail extends DeliveryView {
  alerts: AlertText[];
  more: number;
}
