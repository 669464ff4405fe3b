import { type AlertDeps, evaluateAlerts, sendDueAlerts } from '#app/modules/alerts/index.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import { addAccount, alertDeps, type Inbox, type Receiver, startInbox, startReceiver } from './alert-kit.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Tuesday. */
export const NOON = Date.parse('2026-05-12T12:00:00Z');

type Prisma = TestCtx['ctx']['store']['prisma'];

/** A store with one account, whose alerts go to a real receiver and a real mail server. The clock stands at noon. */
export interface AlertScene extends TestCtx {
  receiver: Receiver;
  inbox: Inbox;
  deps: AlertDeps;
  accountId: string;
  /** One look and one round of delivery, `ms` later: a second where it is left out. */
  turn(ms?: number): Promise<void>;
  /** Titles of what the receiver got, in order. */
  titles(): string[];
  setIssue(id: string, data: Record<string, unknown>): Promise<unknown>;
  /** All deliveries, oldest first. */
  rows(): ReturnType<Prisma['alertDelivery']['findMany']>;
}

/** Begins a scene; `close` ends it with its servers. */
export async function startAlertScene(): Promise<AlertScene> {
  const t = await makeTestCtx();
  t.ctx.clock.stopAt(NOON);
  const [receiver, inbox] = [await startReceiver(), await startInbox()];
  const deps = alertDeps(t.ctx, { smtpUrl: inbox.url });
  const { prisma } = t.ctx.store;
  return {
    ...t,
    receiver,
    inbox,
    deps,
    accountId: (await addAccount(t.ctx)).id,
    async turn(ms = 1_000) {
      t.ctx.clock.advance(ms);
      await evaluateAlerts(t.ctx, deps);
      await sendDueAlerts(t.ctx, deps);
    },
    titles: () => receiver.requests.map(({ body }) => (JSON.parse(body) as { title: string }).title),
    setIssue: (id, data) =>
      prisma.issue.update({ where: { id }, data: { ...data, updatedAt: new Date(t.ctx.clock.now()) } }),
    rows: () => prisma.alertDelivery.findMany({ orderBy: { id: 'asc' } }),
    async close() {
      await deps.http.close();
      deps.mailer?.close();
      await receiver.stop();
      await inbox.stop();
      await t.close();
    },
  };
}
