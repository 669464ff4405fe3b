import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { listDeliveries } from '#app/modules/alerts/index.server.ts';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { listCampaigns } from '#app/modules/campaigns/index.server.ts';
import { OPEN_DISPOSITIONS, type RefundFilter } from '#app/modules/disputes/inbox-schema.ts';
import { listApprovals, listBatches, listLosses, listRefunds } from '#app/modules/disputes/index.server.ts';
import { listRows } from '#app/modules/reconcile/index.server.ts';
import { listRuns } from '#app/modules/scheduled/index.server.ts';
import { listJobs } from '#app/modules/triage/index.server.ts';
import { listEvents } from '#app/modules/webhooks/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { loadConfig } from '#app/platform/env.server.ts';
import { openTable } from '#app/server/export/index.server.ts';
import { csvStream } from '#app/server/export/stream.server.ts';
import { createRuntime, type Runtime } from '#app/server/runtime.server.ts';
import { serveCalls } from '../child.ts';
import { consoleRowsSql } from '../console-rows.ts';
import type { Place } from '../stores.ts';
import { inTurns, openRaw, type Timing } from './asking.ts';

/** Lists that people and providers fill, with very many rows: their filters, and their exports to the end. */

const SECRET = 'a secret of the benchmark alone, thirty-two bytes';
const runtimeOf = (place: Place) =>
  createRuntime(
    loadConfig({
      PORT: '0',
      DATA_DIR: place.dataDir,
      LOG_LEVEL: 'error',
      LEADLINE_SECRET: SECRET,
      ...(place.databaseUrl ? { DATABASE_URL: place.databaseUrl } : {}),
    }),
  );

/** Fills a new store: `count` rows in each list. */
async function fill(input: { place: Place; count: number }): Promise<void> {
  const runtime = await runtimeOf(input.place);
  const { prisma } = runtime.ctx.store;
  const at = new Date();
  const account = (id: string, name: string) => ({
    id,
    name,
    connector: 'regatta',
    baseUrl: 'https://network.example/api/v1',
    credentials: runtime.ctx.vault.seal('{}'),
    credentialHints: '{}',
    origin: 'settings',
    createdAt: at,
    updatedAt: at,
  });
  await prisma.networkAccount.createMany({
    data: [account('acc_bench', 'regatta'), account('acc_two', 'second')],
  });
  await prisma.alertChannel.createMany({
    data: Array.from({ length: 4 }, (_, i) => ({
      id: `ach_${i}`,
      name: `Channel ${i}`,
      kind: 'email',
      target: '',
      hint: '',
      createdAt: at,
      updatedAt: at,
    })),
  });
  await prisma.webhookEndpoint.createMany({
    data: ['one', 'two'].map((name) => ({
      id: `whk_${name}`,
      source: 'stripe',
      name,
      accountId: 'acc_bench',
      secrets: runtime.ctx.vault.seal('[]'),
      hint: '',
      mapping: '{}',
      origin: 'settings',
      createdAt: at,
      updatedAt: at,
    })),
  });
  await prisma.reconciliation.create({
    data: {
      name: 'stripe.csv',
      source: 'billing',
      state: 'done',
      delimiter: ',',
      header: '[]',
      createdByName: 'Anna',
      createdAt: at,
      updatedAt: at,
    },
  });
  await runtime.stop();
  const raw = await openRaw(input.place);
  const sqlite = input.place.databaseUrl === null;
  await raw.run(
    sqlite ? 'PRAGMA synchronous = OFF; PRAGMA cache_size = -524288' : 'SET synchronous_commit = off',
  );
  for (const statement of consoleRowsSql(sqlite ? 'sqlite' : 'postgres', input.count))
    await raw.run(statement);
  await raw.run(sqlite ? 'PRAGMA wal_checkpoint(TRUNCATE)' : 'VACUUM ANALYZE');
  await raw.close();
}

export interface Exported {
  rows: number;
  /** Sum of the numbers in the ids of all rows: what was read twice, or not at all, shows. */
  sum: number;
  seconds: number;
  /** CPU of this process meanwhile, s; PostgreSQL's own is not in it. */
  cpu: number;
  bytes: number;
  /** Heap in MB, garbage left out: before the first row, and the highest since. */
  heap: { start: number; most: number };
  /** The highest resident set of the process so far, MB. */
  rss: number;
  /** The longest that a chunk kept everything else waiting, ms. */
  held: number;
}

const MB = 1_048_576;
/** Chunks between two looks at the heap. */
const LOOK = 50;

/** Reads one export to its end as fast as it comes. */
async function run(input: { place: Place; list: string; query: string }): Promise<Exported> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heapNow = (): number => {
    collect();
    return process.memoryUsage().heapUsed / MB;
  };
  const runtime = await runtimeOf(input.place);
  const source = await openTable(runtime, input.list, new URLSearchParams(input.query), 'Europe/Berlin');
  const start = heapNow();
  const out: Exported = {
    rows: 0,
    sum: 0,
    seconds: 0,
    cpu: 0,
    bytes: 0,
    heap: { start, most: start },
    rss: 0,
    held: 0,
  };
  const counted = {
    header: source.header,
    async next() {
      const records = await source.next();
      for (const [first] of records ?? []) {
        out.rows += 1;
        out.sum += Number(/\d+$/.exec(String(first))?.[0] ?? 0);
      }
      return records;
    },
  };
  let beat = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    out.held = Math.max(out.held, now - beat);
    beat = now;
  }, 1);
  const cpuNow = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const begun = performance.now();
  const cpuBegun = cpuNow();
  const reader = csvStream(counted, new AbortController().signal, async () => {}).getReader();
  let looking = 0;
  let cpuLooking = 0;
  for (let chunk = 0; ; chunk += 1) {
    const { value, done } = await reader.read();
    if (done) break;
    out.bytes += value.length;
    if (chunk % LOOK !== LOOK - 1) continue;
    const looked = performance.now();
    const cpuLooked = cpuNow();
    out.heap.most = Math.max(out.heap.most, heapNow());
    out.rss = Math.max(out.rss, process.memoryUsage().rss / MB);
    beat = performance.now();
    looking += beat - looked;
    cpuLooking += cpuNow() - cpuLooked;
  }
  out.seconds = (performance.now() - begun - looking) / 1000;
  out.cpu = cpuNow() - cpuBegun - cpuLooking;
  clearInterval(watch);
  await runtime.stop();
  return out;
}

type Asked = Promise<{ items: unknown[] }>;

/** What pages ask of these lists, by what it is called. Every one must find something. */
function questions({ ctx, wiring }: Runtime): Record<string, () => Asked> {
  const page = { limit: 50 };
  const campaigns = (filter: Parameters<typeof listCampaigns>[2]) => () =>
    listCampaigns(ctx, wiring.campaigns, { ...page, ...filter });
  const refunds = (filter: RefundFilter) => () => listRefunds(ctx, { filter, ...page });
  const events = (filter: Parameters<typeof listEvents>[1]['filter']) => () =>
    listEvents(ctx, { endpointId: 'whk_one', filter });
  return {
    'audit, one kind of many': () => listAudit(ctx, { subjectType: 'message', ...page }),
    'audit, a rare kind': () => listAudit(ctx, { subjectType: 'breaker', ...page }),
    'alerts, sent': () => listDeliveries(ctx, { status: 'sent' }),
    'alerts, failed': () => listDeliveries(ctx, { status: 'failed' }),
    'approvals, waiting': () => listApprovals(ctx, { actor: SYSTEM, ...page }),
    'approvals, over': () => listApprovals(ctx, { actor: SYSTEM, state: 'decided', ...page }),
    batches: () => listBatches(ctx, page),
    'jobs in two states': () => listJobs(ctx, { state: ['done', 'canceled'], ...page }),
    'webhook events, refused': events({ state: 'refused' }),
    'webhook events, a rare type': events({ type: 'charge.dispute.created' }),
    'sendings of an export': () => listRuns(ctx, { exportId: 'sch_1' }),
    'reconciliation, a rare reason': () => listRows(ctx, { runId: 1, reasons: ['amount_differs'] }),
    'campaigns of a network': campaigns({ network: 'regatta' }),
    'campaigns, a rare status': campaigns({ status: 'PAUSED' }),
    'losses, a rare cause': () => listLosses(ctx, { cause: 'missed_in_review', ...page }),
    'refunds, all that are open': refunds({ disposition: OPEN_DISPOSITIONS }),
    'refunds, a rare kind': refunds({ kind: ['fraud'] }),
    'refunds, a rare source': refunds({ source: ['console'] }),
  };
}

/** Each question in a long and in a short store, in turns. */
async function ask(input: {
  long: Place;
  short: Place;
  times: number;
}): Promise<Record<string, { long: Timing; short: Timing }>> {
  const [long, short] = [await runtimeOf(input.long), await runtimeOf(input.short)];
  const inShort = questions(short);
  const out: Record<string, { long: Timing; short: Timing }> = {};
  for (const [name, question] of Object.entries(questions(long))) {
    const [found, few] = [question, inShort[name] ?? question];
    if ((await found()).items.length === 0) throw new Error(`"${name}" finds nothing`);
    const measured = await inTurns({ long: found, short: few }, input.times);
    out[name] = { long: measured.long as Timing, short: measured.short as Timing };
  }
  await long.stop();
  await short.stop();
  return out;
}

serveCalls({ fill, run, ask });
