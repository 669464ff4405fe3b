import type { Context, Hono } from 'hono';
import { createThrottle } from '#app/platform/throttle.ts';
import { errorResponse } from '../http-errors.server.ts';
import type { Runtime } from '../runtime.server.ts';
import { postCaptureRef, preflightCaptureRef } from './capture-ref.server.ts';
import { postCapture, postConversion, postConversionBatch, postRecord, postRefund } from './ingest.server.ts';

export type AppEnv = { Variables: { requestId: string; clientIp: string | null } };
type Handler = (runtime: Runtime, c: Context<AppEnv>) => Promise<Response> | Response;

/** Wraps a handler: whatever it throws becomes the API's error answer. */
export function endpoint(runtime: Runtime, handler: Handler): (c: Context<AppEnv>) => Promise<Response> {
  return async (c) => {
    try {
      return await handler(runtime, c);
    } catch (error) {
      const response = errorResponse(error, runtime.ctx.log, c.get('requestId'));
      // set by CORS before the error
      const origin = c.res.headers.get('access-control-allow-origin');
      if (origin) {
        response.headers.set('access-control-allow-origin', origin);
        response.headers.set('access-control-allow-credentials', 'true');
      }
      return response;
    }
  };
}

/** The machine side of the HTTP API (CONTRACT.md): intake. */
export function mountIntakeApi(app: Hono<AppEnv>, runtime: Runtime): void {
  app.post('/api/v1/conversions', endpoint(runtime, postConversion));
  app.post('/api/v1/conversions/batch', endpoint(runtime, postConversionBatch));
  app.post('/api/v1/captures', endpoint(runtime, postCapture));
  app.post('/api/v1/records', endpoint(runtime, postRecord));
  app.post('/api/v1/refunds', endpoint(runtime, postRefund));
  const throttle = createThrottle({ clock: runtime.ctx.clock, max: 120, windowMs: 60_000 });
  app.post(
    '/api/capture-ref',
    endpoint(runtime, (r, c) => postCaptureRef(r, c, (ip) => throttle.take(ip))),
  );
  app.options('/api/capture-ref', endpoint(runtime, preflightCaptureRef));
}
