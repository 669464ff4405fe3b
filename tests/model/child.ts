/**
 * Leadline without its console as a process of its own that can be killed: its clock stands where the parent puts it,
 * and the verbs come over IPC as {id, verb, input}. For the soak.
 */
import { createApiKey } from '#app/modules/operators/index.server.ts';
import { TurnableClock } from '#app/platform/clock.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { loadConfig } from '#app/platform/env.server.ts';
import { createHttpApp } from '#app/server/http.server.ts';
import { listen } from '#app/server/listen.server.ts';
import { createRuntime } from '#app/server/runtime.server.ts';
import { type Crash, crashIn } from './crash.ts';
import { operateOn, refusalOf, type Verb } from './operate.ts';

const clock = new TurnableClock();
clock.stopAt(Number(process.env.MODEL_NOW));
const runtime = await createRuntime(loadConfig(), { clock, random: () => 0 });
const server = await listen(runtime, createHttpApp(runtime, { build: null, mode: 'production' }));
const { key } = await createApiKey(runtime.ctx, { name: 'model', scopes: ['ingest'], actor: SYSTEM });
const operate = operateOn(runtime, clock);

process.on('message', async (message) => {
  const { id, verb, input, crash } = message as { id: number; verb: Verb; input: never[]; crash?: Crash };
  if (crash) return crashIn(runtime, clock, crash, () => process.kill(process.pid, 'SIGKILL'));
  try {
    process.send?.({ id, value: await operate(verb, ...(input as [])) });
  } catch (error) {
    process.send?.({
      id,
      code: refusalOf(error),
      error: error instanceof Error ? error.message : String(error),
    });
  }
});
const end = (): void => void server.stop().then(() => process.exit(0));
process.on('SIGTERM', end);
process.on('disconnect', end);
process.send?.({ port: server.port, key });
