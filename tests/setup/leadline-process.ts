/** Leadline without its console as a process of its own, configured by its environment: for tests that kill it. */
import { loadConfig } from '#app/platform/env.server.ts';
import { createHttpApp } from '#app/server/http.server.ts';
import { listen } from '#app/server/listen.server.ts';
import { createRuntime } from '#app/server/runtime.server.ts';

try {
  const runtime = await createRuntime(loadConfig());
  const server = await listen(runtime, createHttpApp(runtime, { build: null, mode: 'production' }));
  process.send?.({ port: server.port });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void server.stop().then(() => process.exit(0)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
