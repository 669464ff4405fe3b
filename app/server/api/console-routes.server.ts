import type { Hono } from 'hono';
import type { Runtime } from '../runtime.server.ts';
import { mountBreakersApi } from './breakers.server.ts';
import { mountCampaignsApi } from './campaigns.server.ts';
import { mountDisputesApi } from './disputes.server.ts';
import { mountIssuesApi } from './issues.server.ts';
import { mountJobsApi } from './jobs.server.ts';
import { mountLeadsApi } from './leads.server.ts';
import { openApiDocument } from './openapi.server.ts';
import { mountPostbacksApi } from './postbacks.server.ts';
import type { AppEnv } from './routes.server.ts';

/** The reading and operating side of the HTTP API (CONTRACT.md). */
export function mountConsoleApi(app: Hono<AppEnv>, runtime: Runtime): void {
  const document = openApiDocument(runtime.config.publicUrl);
  app.get('/api/v1/openapi.json', (c) => c.json(document));
  mountPostbacksApi(app, runtime);
  mountLeadsApi(app, runtime);
  mountDisputesApi(app, runtime);
  mountJobsApi(app, runtime);
  mountIssuesApi(app, runtime);
  mountBreakersApi(app, runtime);
  mountCampaignsApi(app, runtime);
}
