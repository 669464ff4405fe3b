import { connectorById } from '#app/connectors/registry.server.ts';
import type { AlertDeps } from '#app/modules/alerts/index.server.ts';
import { type AccountBook, createAccountBook } from '#app/modules/campaigns/index.server.ts';
import { createWorker, type Worker } from '#app/modules/delivery/index.server.ts';
import { createIntake, type Intake } from '#app/modules/intake/index.server.ts';
import { createFollower } from '#app/modules/metrics/index.server.ts';
import {
  type Auth,
  createAuth,
  createKeyVerifier,
  type KeyVerifier,
} from '#app/modules/operators/index.server.ts';
import { createReportKeeper } from '#app/modules/reports/index.server.ts';
import type { ScheduleRunner } from '#app/modules/scheduled/index.server.ts';
import { createBreakerWatch, createJobRunner } from '#app/modules/triage/index.server.ts';
import { ensureEnvironmentEndpoints } from '#app/modules/webhooks/index.server.ts';
import { type Clock, systemClock, TurnableClock } from '#app/platform/clock.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { createVault } from '#app/platform/crypto.server.ts';
import { migrate } from '#app/platform/db/migrate.server.ts';
import { bridgeNotices } from '#app/platform/db/notify.server.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import { holdWorkerLock } from '#app/platform/db/worker-lock.server.ts';
import type { Config } from '#app/platform/env.server.ts';
import { createHttpClient } from '#app/platform/http/client.server.ts';
import { createEgressGuard } from '#app/platform/http/egress.server.ts';
import { idFactory } from '#app/platform/ids.server.ts';
import { createLive } from '#app/platform/live.server.ts';
import { createLog, type Log } from '#app/platform/log.server.ts';
import { createMailer } from '#app/platform/mailer.server.ts';
import { type Clockwork, createClockwork } from './clockwork.server.ts';
import { ensureEnvironmentAccount } from './environment-account.server.ts';
import { createExportSender } from './export/scheduled.server.ts';
import { assertPracticeOnly } from './practice-mode.server.ts';
import { type Wiring, wire } from './wiring.server.ts';

/** Everything a running Leadline is made of. */
export interface Runtime {
  config: Config;
  ctx: Ctx;
  auth: Auth;
  keys: KeyVerifier;
  accounts: AccountBook;
  wiring: Wiring;
  /** What alerts are sent with. */
  alerts: AlertDeps;
  intake: Intake;
  /** Null in role `web`. */
  worker: Worker | null;
  clockwork: Clockwork | null;
  /** Sends scheduled exports. Null in role `web`. */
  exports: ScheduleRunner | null;
  /** The clock to turn, in practice mode only. */
  practiceClock: TurnableClock | null;
  scheduleOf(accountId: string): Promise<readonly number[]>;
  start(): Promise<void>;
  /** Lets what is under way finish: no attempt is lost or doubled. Call it after the HTTP server has drained. */
  stop(): Promise<void>;
}

/** Requests in flight to networks at once. */
const CONCURRENCY = 256;

/** Makes a Leadline from its configuration: migrates the store, opens it, joins the parts. Nothing runs before `start`. */
export async function createRuntime(
  config: Config,
  options: { log?: Log; root?: string; clock?: Clock; random?: () => number } = {},
): Promise<Runtime> {
  const log = options.log ?? createLog(config.LOG_LEVEL);
  const practiceClock = config.LEADLINE_PRACTICE === '1' ? new TurnableClock() : null;
  const clock = options.clock ?? practiceClock ?? systemClock;
  const applied = await migrate(config.databaseUrl, options.root);
  if (applied.length > 0) log.info({ applied }, 'migrations applied');
  const works = config.LEADLINE_ROLE !== 'web';
  const unlock = works && config.dialect === 'sqlite' ? await holdWorkerLock(config.databaseUrl) : null;
  const store = await openStore(config.databaseUrl);
  const live = createLive();
  const ctx: Ctx = { store, clock, newId: idFactory(clock), live, log, vault: createVault(config.secret) };
  const http = createHttpClient({
    timeoutMs: config.REQUEST_TIMEOUT_SECONDS * 1000,
    guard: createEgressGuard(config.ALLOW_PRIVATE_DESTINATIONS),
    connections: CONCURRENCY,
    userAgent: 'Leadline/0.2',
  });
  const accounts = createAccountBook(ctx);
  const wiring = wire(ctx, accounts, http);
  const scheduleFor = (account: { connector: string; retryScheduleSeconds: readonly number[] | null }) =>
    account.retryScheduleSeconds ??
    config.RETRY_SCHEDULE_SECONDS ??
    connectorById(account.connector).retryScheduleSeconds;
  const worker = works
    ? createWorker(ctx, {
        attempt: {
          http,
          connectorOf: wiring.connectorOf,
          scheduleOf: scheduleFor,
          now: () => clock.now(),
          random: options.random ?? Math.random,
          newId: ctx.newId,
        },
        accountById: (id) => accounts.byId(id),
        onOutcome: wiring.onOutcome,
        gate: wiring.gate,
        concurrency: CONCURRENCY,
        leaseMs: config.REQUEST_TIMEOUT_SECONDS * 1000 + 20_000,
        // a web process beside this one cannot tell it of new work through SQLite
        idleMs: config.dialect === 'sqlite' && config.LEADLINE_ROLE === 'worker' ? 1_000 : 30_000,
        alone: config.dialect === 'sqlite',
      })
    : null;
  const watch = worker ? createBreakerWatch(ctx, wiring.gate) : null;
  const jobs = worker ? createJobRunner(ctx) : null;
  const follower = worker ? createFollower(ctx) : null;
  // reports are kept ready in the process that serves the pages
  const keeper = config.LEADLINE_ROLE === 'worker' ? null : createReportKeeper(ctx);
  const mailer =
    config.SMTP_URL && config.ALERT_FROM
      ? createMailer({ url: config.SMTP_URL, from: config.ALERT_FROM })
      : null;
  const { connectorOf } = wiring;
  const alerts: AlertDeps = { http, mailer, publicUrl: config.publicUrl, accounts, connectorOf };
  const intake = createIntake(ctx, worker);
  const clockwork =
    worker && watch
      ? createClockwork(ctx, wiring, {
          workerId: worker.owner,
          watch,
          alerts,
          intake,
          turned: clock !== systemClock,
        })
      : null;
  const keys = createKeyVerifier(ctx);
  let unbridge: (() => Promise<void>) | null = null;

  const runtime: Runtime = {
    config,
    ctx,
    auth: createAuth({ ctx, config }),
    keys,
    accounts,
    wiring,
    alerts,
    intake,
    worker,
    clockwork,
    exports: null,
    practiceClock,
    scheduleOf: async (accountId) => scheduleFor(await accounts.byId(accountId)),
    async start() {
      await ensureEnvironmentAccount(ctx, config);
      await ensureEnvironmentEndpoints(ctx, {
        stripe: config.STRIPE_WEBHOOK_SECRET,
        shopify: config.SHOPIFY_WEBHOOK_SECRET,
        paddle: config.PADDLE_WEBHOOK_SECRET,
      });
      if (practiceClock) await assertPracticeOnly(accounts);
      if (config.dialect === 'postgres') unbridge = await bridgeNotices(config.databaseUrl, live, log);
      if (worker) await wiring.gate.start();
      await worker?.start();
      watch?.start();
      jobs?.start();
      follower?.start();
      clockwork?.start();
      keeper?.start();
      runtime.exports?.start();
    },
    async stop() {
      await runtime.exports?.stop();
      await keeper?.stop();
      await clockwork?.stop();
      await intake.idle();
      await jobs?.stop();
      await follower?.stop();
      await watch?.stop();
      await worker?.stop();
      wiring.gate.stop();
      await keys.idle();
      keys.close();
      await unbridge?.();
      mailer?.close();
      await http.close();
      await store.close();
      unlock?.();
    },
  };
  if (worker) runtime.exports = createExportSender(() => runtime);
  return runtime;
}
