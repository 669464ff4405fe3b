import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import { type Change, changesOf } from './changes.ts';
import type { AlertDeps } from './deps.ts';
import { queueAlerts } from './queue-alerts.server.ts';
import { ruleOf } from './rows.server.ts';
import type { AlertText } from './schema.ts';
import { createPass, type Pass, type Rule, type Seen, type Sighting } from './watch.ts';
import { watchBreakers } from './watch-breakers.server.ts';
import { watchIssues } from './watch-issues.server.ts';
import { watchLeads } from './watch-leads.server.ts';
import { watchSilence } from './watch-silence.server.ts';
import { watchUnpaid } from './watch-unpaid.server.ts';

/** What is over for so long is forgotten. */
const FORGET_MS = 90 * 86_400_000;

/**
 * Looks once at what every rule watches, and queues what has begun or is over since. Each transition is told once, also
 * with several workers at it and after a crash: the rule's state moves only from what this look had seen, and the
 * deliveries are written in the same transaction. A rule that fails is logged and looked at again; it keeps none of the
 * others from being told. Answers the number of deliveries written.
 */
export async function evaluateAlerts(ctx: Ctx, deps: AlertDeps): Promise<number> {
  const rows = await ctx.store.prisma.alertRule.findMany({
    where: { enabled: true },
    orderBy: { id: 'asc' },
  });
  if (rows.length === 0) return 0;
  const pass = createPass(ctx, deps, nowOf(ctx));
  let written = 0;
  for (const row of rows) {
    try {
      written += await evaluateRule(ctx, pass, ruleOf(row));
    } catch (error) {
      ctx.log.error(
        { rule: row.name, fault: describeStoreFault(error) },
        'an alert rule could not be looked at',
      );
    }
  }
  if (written > 0) ctx.live.publish('alerts');
  return written;
}

async function evaluateRule(ctx: Ctx, pass: Pass, rule: Rule): Promise<number> {
  // before anything is looked at: whoever moves the state meanwhile has seen more, and wins
  const states = await ctx.store.prisma.alertState.findMany({ where: { ruleId: rule.id } });
  const seen = new Map(
    states.map(({ subject, active, since }): [string, Seen] => [subject, { active, since }]),
  );
  // in one order everywhere, so that two workers never wait for each other's rows
  const changes = changesOf(seen, await look(pass, rule, seen)).sort((a, b) =>
    a.sighting.subject < b.sighting.subject ? -1 : 1,
  );
  if (changes.length === 0) return 0;
  const texts = new Map<Change<Sighting>, AlertText>();
  for (const change of changes) texts.set(change, await textOf(pass, rule, change));
  return ctx.store.transaction(async (tx) => {
    const current = await tx.prisma.alertRule.findUnique({ where: { id: rule.id } });
    if (!current?.enabled) return 0;
    const told: AlertText[] = [];
    for (const [change, text] of texts) if (await move(tx, rule.id, change, pass.now)) told.push(text);
    if (told.length === 0) return 0;
    await tx.prisma.alertState.deleteMany({
      where: { ruleId: rule.id, active: false, updatedAt: { lt: new Date(pass.now.getTime() - FORGET_MS) } },
    });
    return queueAlerts(tx, ctx, ruleOf(current), told);
  });
}

function look(pass: Pass, rule: Rule, seen: ReadonlyMap<string, Seen>): Promise<Sighting[]> {
  if (rule.kind === 'new_issue') return watchIssues(pass, rule, seen);
  if (rule.kind === 'unpaid_over') return watchUnpaid(pass, rule, seen);
  if (rule.kind === 'leads_due') return watchLeads(pass, rule, seen);
  if (rule.kind === 'no_conversions') return watchSilence(pass, rule, seen);
  return watchBreakers(pass, rule, seen);
}

async function textOf(
  pass: Pass,
  rule: Rule,
  { sighting, transition }: Change<Sighting>,
): Promise<AlertText> {
  const words = await sighting.words(transition);
  return {
    transition,
    at: pass.now.toISOString(),
    rule: rule.name,
    kind: rule.kind,
    subject: sighting.subject,
    ...words,
  };
}

/** Moves the state of a subject from what was seen; false when somebody else has moved it since. */
async function move(
  tx: Conn,
  ruleId: string,
  { sighting: { subject, active }, before }: Change<Sighting>,
  now: Date,
): Promise<boolean> {
  if (before === null) {
    const { p, time } = tx.dialect;
    const made = await tx.execute(
      `INSERT INTO "AlertState" ("ruleId", "subject", "active", "since", "updatedAt") VALUES (${p(1)}, ${p(2)}, TRUE, ${p(3)}, ${p(4)})
       ON CONFLICT ("ruleId", "subject") DO NOTHING`,
      ruleId,
      subject,
      time(now),
      time(now),
    );
    return made === 1;
  }
  const moved = await tx.prisma.alertState.updateMany({
    where: { ruleId, subject, active: before.active, since: before.since },
    data: { active, since: now, updatedAt: now },
  });
  return moved.count === 1;
}
