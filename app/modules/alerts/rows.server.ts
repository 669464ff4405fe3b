import { z } from 'zod';
import type { Conn } from '#app/platform/db/store.server.ts';
import { CHANNEL_KINDS, type QuietHours, RULE_KINDS } from './schema.ts';
import type { Rule } from './watch.ts';

/** Rules and channels as their rows keep them: JSON in text columns, read back through a schema. */

const amountList = z.array(z.object({ currency: z.string(), minor: z.int() }));
const common = { urgent: z.boolean(), watchedFrom: z.string() };

const SETTINGS = {
  new_issue: z.object({ ...common, minUnpaid: amountList }),
  unpaid_over: z.object({ ...common, limits: amountList }),
  leads_due: z.object({
    ...common,
    hours: z.int(),
    minCount: z.int().nullable(),
    minMoney: amountList,
  }),
  no_conversions: z.object({ ...common, zone: z.string() }),
  breaker: z.object({ ...common, pauses: z.boolean() }),
} as const;

const quietHours = z.object({ from: z.string(), to: z.string(), zone: z.string() });

interface RuleRow {
  id: string;
  name: string;
  kind: string;
  settings: string;
  channelIds: string;
  quietHours: string | null;
  enabled: boolean;
}

/** A rule of its row. Throws when the row is not one that this version wrote. */
export function ruleOf(row: RuleRow): Rule {
  const kind = z.enum(RULE_KINDS).parse(row.kind);
  const settings = SETTINGS[kind].parse(JSON.parse(row.settings));
  return {
    id: row.id,
    name: row.name,
    kind,
    settings,
    channelIds: z.array(z.string()).parse(JSON.parse(row.channelIds)),
    quietHours: quietOf(row.quietHours),
    enabled: row.enabled,
  } as Rule;
}

export const quietOf = (text: string | null): QuietHours | null =>
  text === null ? null : quietHours.parse(JSON.parse(text));

/** Where a channel leads, opened from its seal. */
export const TARGETS = {
  email: z.object({ kind: z.literal('email'), addresses: z.array(z.string()) }),
  slack: z.object({ kind: z.literal('slack'), url: z.string() }),
  webhook: z.object({ kind: z.literal('webhook'), url: z.string(), secret: z.string() }),
} as const;
const target = z.discriminatedUnion('kind', [TARGETS.email, TARGETS.slack, TARGETS.webhook]);
export type Target = z.output<typeof target>;

export const channelKind = z.enum(CHANNEL_KINDS);

/** The target of a channel. Throws when it was sealed under another LEADLINE_SECRET. */
export const openTarget = (vault: { open(sealed: string): string }, sealed: string): Target =>
  target.parse(JSON.parse(vault.open(sealed)));

/** Enabled channels among these ids. */
export async function enabledChannels(conn: Conn, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await conn.prisma.alertChannel.findMany({
    where: { id: { in: [...ids] }, enabled: true },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id }) => id);
}
