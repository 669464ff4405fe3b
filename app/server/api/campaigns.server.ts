import type { Hono } from 'hono';
import type { Runtime } from '../runtime.server.ts';
import type { Operation } from './operation.ts';
import type { AppEnv } from './routes.server.ts';

export const campaignsOperations: readonly Operation[] = [];

export function mountCampaignsApi(_app: Hono<AppEnv>, _runtime: Runtime): void {}
