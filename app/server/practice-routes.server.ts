import type { Hono } from 'hono';
import { z } from 'zod';
import { type AppEnv, endpoint } from './api/routes.server.ts';
import { BODY_MAX, checked, parseJson, readText } from './body.server.ts';
import type { Runtime } from './runtime.server.ts';

const turn = z.strictObject({
  offsetMs: z
    .int('offsetMs must be whole milliseconds')
    .min(-400 * 86_400_000)
    .max(400 * 86_400_000),
});

/**
 * POST /__practice/clock {offsetMs}: turns Leadline's clock, so that a demo can play a month in seconds. Exists only
 * in practice mode, which refuses to run with a real network.
 */
export function mountPractice(app: Hono<AppEnv>, runtime: Runtime): void {
  const clock = runtime.practiceClock;
  if (!clock) return;
  app.post(
    '/__practice/clock',
    endpoint(runtime, async (_runtime, c) => {
      const { offsetMs } = checked(turn, parseJson(await readText(c.req.raw, BODY_MAX)));
      clock.setOffset(offsetMs);
      await runtime.clockwork?.tick();
      runtime.worker?.wake();
      return c.json({ success: true, data: { now: new Date(clock.now()).toISOString() } });
    }),
  );
}
