/** Production entry, built by Vite into build/server/index.js. */
import { loadConfig } from '#app/platform/env.server.ts';

const OLDEST = [22, 12] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    `Leadline needs Node ${OLDEST.join('.')} or later; this is ${process.versions.node}. "npm start" brings its own.`,
  );
  process.exit(1);
}

// started by another program of ours (the demo): it ends with that one, however and whenever that one ends
let abandoned = (): void => process.exit(1);
if (process.channel) process.on('disconnect', () => abandoned());

try {
  // NODE_ENV is settled before React loads, hence the imports below it
  const config = loadConfig();
  const [{ createRuntime }, { createHttpApp }, { listen }, build] = await Promise.all([
    import('./runtime.server.ts'),
    import('./http.server.ts'),
    import('./listen.server.ts'),
    import('virtual:remix/server-build'),
  ]);
  const runtime = await createRuntime(config);
  const server = await listen(runtime, createHttpApp(runtime, { build, mode: 'production' }));
  const { log } = runtime.ctx;
  console.log(
    `Leadline is ready on http://${config.HOST}:${server.port} (${Math.round(performance.now())} ms)`,
  );

  let stoppingSince = 0;
  const stop = (signal: string): void => {
    // one Ctrl-C may be told twice: by the terminal and by the npm above; a second one is meant
    if (stoppingSince > 0 && performance.now() - stoppingSince > 1_000) process.exit(1);
    if (stoppingSince > 0) return;
    stoppingSince = performance.now();
    log.info({ signal }, 'stopping: finishing what is under way');
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: String(error) }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGHUP', () => stop('SIGHUP'));
  abandoned = () => stop('disconnect');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
