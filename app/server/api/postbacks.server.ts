import type { Hono } from 'hono';
import type { Runtime } from '../runtime.server.ts';
import type { Operation } from './operation.ts';
import type { AppEnv } from './routes.server.ts';

export const postbacksOperations: readonly Operation[] = [];

export function mountPostbacksApi(_app: Hono<AppEnv>, _runtime: Runtime): void {}
