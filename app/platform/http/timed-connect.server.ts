import { buildConnector } from 'undici';
import type { Timings } from './types.ts';

type Connect = buildConnector.connector;
type Steps = Pick<Timings, 'dnsMs' | 'connectMs' | 'tlsMs'>;

/** Milliseconds as they are kept. */
export const rounded = (ms: number): number => Math.round(ms * 100) / 100;

/** What is known of the connection that is being handed over right now; see `takeSteps`. */
let handedOver: Steps | null = null;

/**
 * The steps of a connection that was made for the exchange which asks now, or null where it was there before. undici
 * starts the request that waited for a connection while it hands that connection over, so the two meet here without
 * a look-up: an exchange on a connection that is reused pays nothing for this.
 */
export function takeSteps(): Steps | null {
  const steps = handedOver;
  handedOver = null;
  return steps;
}

/** undici's connector, with the times of DNS, connect and TLS measured. A failure tells how far it came. */
export function timedConnect(options: buildConnector.BuildOptions): Connect {
  const connect = buildConnector(options);
  return (target, callback) => {
    const began = performance.now();
    let resolved: number | null = null;
    let connected: number | null = null;
    const socket = connect(target, (...answer) => {
      const now = performance.now();
      const [error] = answer;
      const secure = target.protocol === 'https:';
      if (!error && !secure) connected = now;
      handedOver = {
        ...(resolved === null ? {} : { dnsMs: rounded(resolved - began) }),
        ...(connected === null ? {} : { connectMs: rounded(connected - (resolved ?? began)) }),
        ...(connected === null || !secure || error ? {} : { tlsMs: rounded(now - connected) }),
      };
      try {
        callback(...answer);
      } finally {
        handedOver = null;
      }
    }) as unknown as NodeJS.EventEmitter | undefined;
    socket?.once('lookup', (error: unknown) => {
      if (!error) resolved = performance.now();
    });
    socket?.once('connect', () => {
      connected ??= performance.now();
    });
  };
}
