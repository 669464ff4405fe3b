import type { Hono } from 'hono';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import type { AppEnv } from './api/routes.server.ts';
import { createMetrics } from './metrics.server.ts';
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
  const metrics = createMetrics(runtime);
  app.get('/metrics', async (c) => {
    try {
      return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
    } catch (error) {
      return c.text(`The numbers cannot be read: ${describeStoreFault(error)}\n`, 503);
    }
  });
}
