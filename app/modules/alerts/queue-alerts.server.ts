import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { quietUntil } from './quiet-hours.ts';
import { enabledChannels } from './rows.server.ts';
import type { AlertBody, AlertText, Transition } from './schema.ts';
import type { Rule } from './watch.ts';
import { countOf } from './words.ts';

type Write = Pick<Ctx, 'clock' | 'newId'>;

/** So many alerts of one rule that come with one look are told one by one; more, together. */
const APART_MAX = 5;
/** A delivery keeps so many alerts; what comes beyond is counted. */
const DIGEST_MAX = 200;

/** What is written for one channel. */
interface Draft {
  ruleId: string | null;
  eventKey: string;
  transition: Transition;
  title: string;
  body: AlertBody;
  dueAt: Date;
}

/**
 * Puts alerts of a rule into the queue of each of its channels, in the transaction that moves the rule's state: neither
 * is there without the other. In quiet hours they join the digest of the channel that leaves when these end. Answers
 * how many deliveries were written or added to.
 */
export async function queueAlerts(
  tx: Conn,
  ctx: Write,
  rule: Rule,
  alerts: readonly AlertText[],
): Promise<number> {
  const now = nowOf(ctx);
  const until = rule.quietHours && !rule.settings.urgent ? quietUntil(now.getTime(), rule.quietHours) : null;
  let written = 0;
  for (const channelId of await enabledChannels(tx, rule.channelIds)) {
    if (until !== null && (await joinDigest(tx, ctx, channelId, new Date(until), alerts))) written++;
    else for (const draft of draftsOf(rule, alerts, now)) written += await insert(tx, ctx, channelId, draft);
  }
  return written;
}

/** The key of an event: the rule, its subject, the transition and its time. Unique for each channel. */
const keyOf = (rule: Rule, alert: AlertText): string =>
  `${rule.id} ${alert.subject} ${alert.transition} ${alert.at}`;

function draftsOf(rule: Rule, alerts: readonly AlertText[], now: Date): Draft[] {
  const base = { ruleId: rule.id, dueAt: now };
  const [first] = alerts;
  if (alerts.length > APART_MAX && first)
    return [
      {
        ...base,
        eventKey: `${keyOf(rule, first)} and ${alerts.length - 1} more`,
        transition: worst(alerts),
        title: severalTitle(rule, alerts),
        body: bodyOf('several', alerts),
      },
    ];
  return alerts.map((alert) => ({
    ...base,
    eventKey: keyOf(rule, alert),
    transition: alert.transition,
    title: alert.title,
    body: bodyOf('one', [alert]),
  }));
}

const bodyOf = (kind: AlertBody['kind'], alerts: readonly AlertText[], more = 0): AlertBody => ({
  kind,
  alerts: alerts.slice(0, DIGEST_MAX),
  more: more + Math.max(0, alerts.length - DIGEST_MAX),
});

const worst = (alerts: readonly AlertText[]): Transition =>
  alerts.some(({ transition }) => transition === 'raised') ? 'raised' : 'cleared';

function severalTitle(rule: Rule, alerts: readonly AlertText[]): string {
  const raised = alerts.filter(({ transition }) => transition === 'raised').length;
  const parts = [
    ...(raised > 0 ? [`${raised} new`] : []),
    ...(raised < alerts.length ? [`${alerts.length - raised} over`] : []),
  ];
  return `${rule.name}: ${parts.join(', ')}`;
}

/** Title of a digest with so many alerts. */
export const digestTitle = (n: number): string => `While it was quiet: ${countOf(n, 'alert')}`;

/**
 * Adds alerts to the digest of a channel that leaves at `until`; makes it where there is none. False when it is already
 * on its way (a worker whose clock is ahead took it): then they go by themselves.
 */
async function joinDigest(
  tx: Conn,
  ctx: Write,
  channelId: string,
  until: Date,
  alerts: readonly AlertText[],
): Promise<boolean> {
  const eventKey = `digest ${until.toISOString()}`;
  const fresh = await insert(tx, ctx, channelId, {
    ruleId: null,
    eventKey,
    transition: worst(alerts),
    title: digestTitle(alerts.length),
    body: bodyOf('digest', alerts),
    dueAt: until,
  });
  if (fresh === 1) return true;
  // touched first: another worker that adds to it waits here, then reads what this one wrote
  const held = await tx.prisma.alertDelivery.updateMany({
    where: { channelId, eventKey, status: 'queued', attempts: 0 },
    data: { status: 'queued' },
  });
  if (held.count === 0) return false;
  const row = await tx.prisma.alertDelivery.findUniqueOrThrow({
    where: { channelId_eventKey: { channelId, eventKey } },
    select: { id: true, body: true },
  });
  const before = JSON.parse(row.body) as AlertBody;
  const body = bodyOf('digest', [...before.alerts, ...alerts], before.more);
  await tx.prisma.alertDelivery.update({
    where: { id: row.id },
    data: {
      title: digestTitle(body.alerts.length + body.more),
      transition: worst(body.alerts),
      body: JSON.stringify(body),
    },
  });
  return true;
}

/** Writes one delivery; 0 when this event is already queued or told on this channel. */
async function insert(tx: Conn, ctx: Write, channelId: string, draft: Draft): Promise<number> {
  const { p, time } = tx.dialect;
  return tx.execute(
    `INSERT INTO "AlertDelivery" ("id", "ruleId", "channelId", "eventKey", "transition", "title", "body", "status", "attempts", "dueAt", "createdAt")
     VALUES (${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}, ${p(5)}, ${p(6)}, ${p(7)}, 'queued', 0, ${p(8)}, ${p(9)})
     ON CONFLICT ("channelId", "eventKey") DO NOTHING`,
    ctx.newId('alr'),
    draft.ruleId,
    channelId,
    draft.eventKey,
    draft.transition,
    draft.title,
    JSON.stringify(draft.body),
    time(draft.dueAt),
    time(nowOf(ctx)),
  );
}
