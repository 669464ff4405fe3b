import type { Server } from 'node:http';
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

/** Serves `app` on the configured address and starts the runtime. Rejects with a message for people. */
export async function listen(runtime: Runtime, app: Hono<AppEnv>): Promise<Listening> {
  const { PORT: port, HOST: hostname } = runtime.config;
  const server = await new Promise<Server>((resolve, reject) => {
    const created = serve({ fetch: app.fetch, port, hostname, overrideGlobalObjects: false }, () => resolve(created)) as Server;
    created.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Leadline cannot start: port ${port} is taken. Stop what listens there or set PORT, e.g. PORT=3001`) : error);
    });
  });
  await runtime.start();
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      closeAllStreams();
      server.closeIdleConnections();
      await closed;
      await runtime.stop();
    },
  };
}
