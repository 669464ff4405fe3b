import { randomBytes, randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import { Hono } from 'hono';
import { requireSameOrigin } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { clientAddress } from '#app/platform/http/client-address.ts';
import { mountConsoleApi } from './api/console-routes.server.ts';
import { type AppEnv, mountIntakeApi } from './api/routes.server.ts';
import { mountWebhooks } from './api/webhooks.server.ts';
import { limitedBody } from './body.server.ts';
import { mountExports } from './export/index.server.ts';
import { mountHealth } from './health.server.ts';
import { errorResponse } from './http-errors.server.ts';
import { liveStream } from './live-stream.server.ts';
import { mountPractice } from './practice-routes.server.ts';
import { mountReconcileUpload } from './reconcile-upload.server.ts';
import type { Runtime } from './runtime.server.ts';
import { gzip, securityHeaders } from './static.server.ts';

/** `build` is Remix's server build, or null for an API without a console (benchmarks, tests). */
export interface HttpOptions {
  build: ServerBuild | null;
  mode: 'production' | 'development';
}

/** The whole HTTP surface: intake and API, health, live notices, static files, then the console. */
export function createHttpApp(runtime: Runtime, options: HttpOptions): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const addressOf = clientAddress(runtime.config.TRUSTED_PROXIES);
  app.use('*', async (c, next) => {
    c.set('requestId', `req_${randomUUID().slice(0, 13)}`);
    c.set(
      'clientIp',
      addressOf(
        (c.env as unknown as HttpBindings | undefined)?.incoming?.socket?.remoteAddress ?? null,
        c.req.header('x-forwarded-for'),
      ),
    );
    // no id and no text has one, and PostgreSQL would take it for a fault of the query
    if (c.req.url.includes('%00'))
      return errorResponse(
        new AppError('VALIDATION_ERROR', 'The address contains a NUL (%00).'),
        runtime.ctx.log,
        c.get('requestId'),
      );
    await next();
  });
  app.use('/api/auth/*', limitedBody);
  mountIntakeApi(app, runtime);
  mountConsoleApi(app, runtime);
  mountWebhooks(app, runtime);
  mountHealth(app, runtime);
  mountExports(app, runtime);
  mountReconcileUpload(app, runtime);
  mountPractice(app, runtime);
  app.get('/live', (c) => liveStream(runtime, c.req.raw));
  app.all('/api/auth/*', (c) => runtime.auth.handler(c.req.raw, c.get('clientIp')));
  app.all('/api/*', (c) =>
    Response.json(
      {
        success: false,
        error: {
          code: 'NOT_FOUND',
          message: `There is no ${c.req.method} ${c.req.path}. See /api/v1/openapi.json.`,
        },
      },
      { status: 404 },
    ),
  );
  app.onError((error, c) => errorResponse(error, runtime.ctx.log, c.get('requestId')));
  if (options.build) mountConsole(app, runtime, options.build, options.mode);
  return app;
}

function mountConsole(
  app: Hono<AppEnv>,
  runtime: Runtime,
  build: ServerBuild,
  mode: HttpOptions['mode'],
): void {
  const production = mode === 'production';
  if (production) {
    const root = build.assetsBuildDirectory;
    const forever = (_path: string, c: { header(name: string, value: string): void }) =>
      c.header('Cache-Control', 'public, max-age=31536000, immutable');
    const aDay = (_path: string, c: { header(name: string, value: string): void }) =>
      c.header('Cache-Control', 'public, max-age=86400');
    app.use('/assets/*', serveStatic({ root, precompressed: true, onFound: forever }));
    app.use('/fonts/*', serveStatic({ root, onFound: forever }));
    app.use('*', serveStatic({ root, onFound: aDay }));
    app.use('*', gzip);
  }
  app.use('*', limitedBody);
  const handle = createRequestHandler(build, mode);
  const https = runtime.config.publicUrl.startsWith('https:');
  app.all('*', async (c) => {
    const nonce = production ? randomBytes(16).toString('base64') : null;
    const response = await handle(fromHere(c.req.raw, runtime.config.publicUrl), {
      ...runtime,
      ...(nonce ? { cspNonce: nonce } : {}),
      clientIp: c.get('clientIp'),
      requestId: c.get('requestId'),
    });
    if (nonce)
      for (const [name, value] of Object.entries(securityHeaders(nonce, https)))
        response.headers.set(name, value);
    return response;
  });
}

const CHANGES = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * The request for the pages, once what changes something is known to come from Leadline's own address (FORBIDDEN
 * else). Remix compares `Origin` with the host alone, and would refuse the forms of everybody behind a proxy that asks
 * for another: it is told the host that was found right.
 */
function fromHere(request: Request, publicUrl: string): Request {
  if (!CHANGES.includes(request.method)) return request;
  requireSameOrigin(request, publicUrl);
  const origin = request.headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return request;
  const headers = new Headers(request.headers);
  headers.set('x-forwarded-host', new URL(origin).host);
  // the server's own kind of request is none that `Request` takes whole
  const { method, body, signal } = request;
  const whole: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' };
  return new Request(request.url, whole);
}
