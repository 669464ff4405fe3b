import type { Hono } from 'hono';
import type { Runtime } from '../runtime.server.ts';
import type { Operation } from './operation.ts';
import type { AppEnv } from './routes.server.ts';

export const leadsOperations: readonly Operation[] = [];

export function mountLeadsApi(_app: Hono<AppEnv>, _runtime: Runtime): void {}
