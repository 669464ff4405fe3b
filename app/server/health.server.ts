import type { Hono } from 'hono';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import type { AppEnv } from './api/routes.server.ts';
import type { Runtime } from './runtime.server.ts';

/** A worker that has not beaten for this long is taken for dead. */
const BEAT_MS = 35_000;

/** GET /healthz (the process answers), /readyz (store reachable and migrated, worker beating), /metrics (Prometheus). */
export function mountHealth(app: Hono<AppEnv>, runtime: Runtime): void {
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    try {
      const since = new Date(runtime.ctx.clock.now() - BEAT_MS);
      const workers = await runtime.ctx.store.prisma.workerBeat.count({ where: { beatAt: { gte: since } } });
      if (workers === 0)
        return c.json(
          {
            ok: false,
            why: 'no delivery worker has given a sign of life lately: start one with LEADLINE_ROLE=all or worker',
          },
          503,
        );
      return c.json({ ok: true, workers });
    } catch (error) {
      return c.json({ ok: false, why: describeStoreFault(error) }, 503);
    }
  });
  const registry = createMetrics(runtime);
  app.get('/metrics', async (c) =>
    c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
  );
}

function createMetrics(runtime: Runtime): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { store } = runtime.ctx;
  new Gauge({
    name: 'leadline_messages',
    help: 'Outbox messages that have not come to rest, by kind and status',
    labelNames: ['kind', 'status'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const kind of ['postback', 'dispute']) {
        for (const status of ['queued', 'sending', 'retrying', 'failed', 'exhausted', 'parked']) {
          this.set({ kind, status }, await store.prisma.outboxMessage.count({ where: { kind, status } }));
        }
      }
    },
  });
  new Gauge({
    name: 'leadline_attempts_in_flight',
    help: 'Requests to networks under way in this process',
    registers: [registry],
    collect() {
      this.set(runtime.worker?.inFlight ?? 0);
    },
  });
  new Gauge({
    name: 'leadline_leads_due_72h',
    help: 'Leads on hold whose dispute deadline is less than 72 hours away',
    registers: [registry],
    async collect() {
      const until = new Date(runtime.ctx.clock.now() + 72 * 3_600_000);
      this.set(
        await store.prisma.lead.count({ where: { holdState: 'pending_release', disputeBy: { lte: until } } }),
      );
    },
  });
  return registry;
}
