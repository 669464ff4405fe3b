import '@remix-run/node';
import type { Runtime } from './runtime.server.ts';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
  /** What loaders and actions are given, besides the request. */
  interface AppLoadContext extends Runtime {
    cspNonce?: string;
    clientIp: string | null;
    /** True where any account is a practice network. */
    requestId: string;
  }
}
