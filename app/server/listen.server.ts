import type { Server, ServerResponse } from 'node:http';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AppEnv } from './api/routes.server.ts';
import type { Runtime } from './runtime.server.ts';
import { closeAllStreams } from './sse.server.ts';

export interface Listening {
  port: number;
  /** Stops taking requests, lets those under way finish, then stops the worker the same way. */
  stop(): Promise<void>;
}

/** A request that takes longer than this to arrive or to be answered is cut off when Leadline stops. */
const DRAIN_MS = 5_000;

/**
 * Takes no new connection and lets the requests under way finish. Answers tell callers to close their connection, or
 * one that always has a next request would hold the server open for ever; a stream that opens meanwhile is ended too.
 * What has not come to an end within DRAIN_MS is cut off: it was not acknowledged.
 */
async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.prependListener('request', (_request, response: ServerResponse) => {
    response.shouldKeepAlive = false;
  });
  const sweep = (): void => {
    closeAllStreams();
    server.closeIdleConnections();
  };
  sweep();
  const sweeping = setInterval(sweep, 50);
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(sweeping);
  clearTimeout(cut);
}

/**
 * Serves `app` on the configured address and starts the runtime. A request that arrives before the start is through
 * waits for it: earlier, the account of the environment is not there yet, and a caller would be told that its network
 * is unknown. Rejects with a message for people.
 */
export async function listen(runtime: Runtime, app: Hono<AppEnv>): Promise<Listening> {
  const { PORT: port, HOST: hostname } = runtime.config;
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let started = false;
  const fetch: typeof app.fetch = (...args) =>
    started ? app.fetch(...args) : begun.then(() => app.fetch(...args));
  const server = await new Promise<Server>((resolve, reject) => {
    const created = serve({ fetch, port, hostname, overrideGlobalObjects: false }, () =>
      resolve(created),
    ) as Server;
    created.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Leadline cannot start: port ${port} is taken. Stop what listens there or set PORT, e.g. PORT=3001`,
            )
          : error,
      );
    });
  });
  await runtime.start();
  started = true;
  begin();
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : port,
    async stop() {
      await drain(server);
      await runtime.stop();
    },
  };
}
