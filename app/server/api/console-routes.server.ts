import type { Hono } from 'hono';
import type { Runtime } from '../runtime.server.ts';
import { mountCampaignsApi } from './campaigns.server.ts';
import { mountLeadsApi } from './leads.server.ts';
import { mountPostbacksApi } from './postbacks.server.ts';
import type { AppEnv } from './routes.server.ts';

/** The reading and operating side of the HTTP API (CONTRACT.md). */
export function mountConsoleApi(app: Hono<AppEnv>, runtime: Runtime): void {
  mountPostbacksApi(app, runtime);
  mountLeadsApi(app, runtime);
  mountCampaignsApi(app, runtime);
}
