import { setTimeout as sleep } from 'node:timers/promises';
import type { Intake, NewConversion } from '#app/modules/intake/index.server.ts';
import { conversionRow } from '#app/modules/intake/rows.server.ts';
import { conversionSchema } from '#app/modules/intake/schema.ts';
import { nextDueAt } from '#app/modules/outbox/index.server.ts';
import { startLeadline, type TestLeadline } from '../../setup/leadline.ts';
import { serveCalls } from '../child.ts';
import { conversionBody, NETWORK_KEY } from '../samples.ts';
import type { Place } from '../stores.ts';

/** Leadline under test: the real one, and the same HTTP server around other ways of storing. */
let leadline: TestLeadline | null = null;
let real: Intake | null = null;

function running(): TestLeadline {
  if (!leadline) throw new Error('not started');
  return leadline;
}

async function start(input: {
  place: Place;
  sinkPort: number;
  role: 'web' | 'all';
}): Promise<{ port: number; key: string }> {
  leadline = await startLeadline({
    regattaBaseUrl: `http://127.0.0.1:${input.sinkPort}`,
    regattaKey: NETWORK_KEY,
    dataDir: input.place.dataDir,
    ...(input.place.databaseUrl ? { databaseUrl: input.place.databaseUrl } : {}),
    env: { LEADLINE_ROLE: input.role },
  });
  real = leadline.runtime.intake;
  return { port: Number(new URL(leadline.url).port), key: leadline.key };
}

/** What stands in for the intake behind the same server: nothing at all, or one Prisma `create` a request. */
function standIn(mode: 'none' | 'create', { ctx }: TestLeadline['runtime']): Intake['reportConversions'] {
  const made = (id: string, postbackId: string) => [
    { kind: 'created' as const, id, postbackId, status: 'queued' },
  ];
  if (mode === 'none') return async () => made(ctx.newId('cnv'), ctx.newId('pbk'));
  return async ([conversion]) => {
    const ids = { id: ctx.newId('cnv'), postbackId: ctx.newId('pbk') };
    const { input } = conversion as NewConversion;
    const row = conversionRow(
      conversion as NewConversion,
      { ref: input.ref ?? null, source: 'request' },
      ids,
      new Date(ctx.clock.now()),
    );
    await ctx.store.prisma.conversion.create({
      data: row as Parameters<typeof ctx.store.prisma.conversion.create>[0]['data'],
    });
    return made(ids.id, ids.postbackId);
  };
}

function mode(to: 'ours' | 'none' | 'create'): void {
  const { runtime } = running();
  if (!real) throw new Error('not started');
  runtime.intake = to === 'ours' ? real : { ...real, reportConversions: standIn(to, runtime) };
}

/** Stops the worker, so that what is stored from now on is a backlog. */
const hold = async (): Promise<void> => void (await running().runtime.worker?.stop());

/** Stores `count` conversions through the intake. */
async function backlog(input: { count: number; prefix: string }): Promise<void> {
  const { runtime } = running();
  const accountId = await runtime.accounts.idByName('regatta');
  for (let n = 0; n < input.count; n += 500) {
    const part = Array.from({ length: Math.min(500, input.count - n) }, (_, i) => ({
      accountId,
      input: conversionSchema.parse(JSON.parse(conversionBody(`${input.prefix}${n + i}`))),
      origin: 'api' as const,
    }));
    await runtime.intake.reportConversions(part);
  }
}

/** Lets the worker go and waits until nothing is due and nothing under way; answers ms and CPU µs. */
async function drain(): Promise<{ ms: number; cpu: number }> {
  const { runtime } = running();
  const worker = runtime.worker;
  if (!worker) throw new Error('no worker in this role');
  const before = process.cpuUsage();
  const begun = performance.now();
  await worker.start();
  for (;;) {
    await sleep(4);
    if (worker.inFlight === 0 && (await nextDueAt(runtime.ctx.store)) === null && worker.inFlight === 0)
      break;
  }
  const ms = performance.now() - begun;
  const used = process.cpuUsage(before);
  await worker.stop();
  return { ms, cpu: used.user + used.system };
}

/** Postbacks by status, and leads: that nothing was lost on the way. */
async function counts(): Promise<{ delivered: number; other: number; attempts: number; leads: number }> {
  const { prisma } = running().runtime.ctx.store;
  const [delivered, all, attempts, leads] = await Promise.all([
    prisma.outboxMessage.count({ where: { status: 'delivered' } }),
    prisma.outboxMessage.count(),
    prisma.attempt.count(),
    prisma.lead.count(),
  ]);
  return { delivered, other: all - delivered, attempts, leads };
}

serveCalls({ start, mode, hold, backlog, drain, counts }, () => leadline?.stop());
