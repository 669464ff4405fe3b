import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { sha256 } from '#app/platform/crypto.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { KEY_PREFIX } from './create-api-key.server.ts';
import { createKeyUse } from './key-use.server.ts';
import { scopesOf } from './list-api-keys.server.ts';
import type { Scope } from './schema.ts';

/** The API key a request came with. */
export interface VerifiedKey {
  id: string;
  name: string;
  scopes: ReadonlySet<Scope>;
}

export interface KeyVerifier {
  /**
   * The key in an `Authorization` header. Throws AUTH_MISSING when there is none or it is not of the form
   * `Bearer ll_…`, AUTH_INVALID_KEY when the key is unknown or revoked (without saying which). A store that cannot
   * be read throws its own error: that is no verdict on the key.
   */
  verify(authorization: string | null | undefined): Promise<VerifiedKey>;
  /** Resolves when no note of a key's last use is being written. */
  idle(): Promise<void>;
  /** Stops listening for changes. */
  close(): void;
}

/** How long a verdict stands, where no notice of a change arrives. */
const TTL_MS = 5_000;
/** Bounds the memory that strangers can fill with made-up keys. */
const MAX_CACHED = 10_000;

interface Cached {
  until: number;
  key: VerifiedKey | null;
}

/** Verifies API keys from memory: on the path of every request. */
export function createKeyVerifier(ctx: Pick<Ctx, 'store' | 'clock' | 'log' | 'live'>): KeyVerifier {
  const { clock, store } = ctx;
  const cache = new Map<string, Cached>();
  const asking = new Map<string, Promise<VerifiedKey | null>>();
  const use = createKeyUse(ctx);

  const forget = (): void => {
    cache.clear();
    // a read begun before the change may bring the old state: its result is handed out, but not kept
    asking.clear();
  };
  const unsubscribe = ctx.live.subscribe((topic) => {
    if (topic === 'keys') forget();
  });

  const lookUp = (token: string): Promise<VerifiedKey | null> => {
    const reading = store.prisma.apiKey
      .findUnique({ where: { hash: sha256(token) } })
      .then((row) =>
        row === null || row.revokedAt !== null
          ? null
          : { id: row.id, name: row.name, scopes: new Set(scopesOf(row.scopes)) },
      )
      .then((key) => {
        if (asking.get(token) === reading) remember(token, key);
        return key;
      })
      .finally(() => {
        if (asking.get(token) === reading) asking.delete(token);
      });
    asking.set(token, reading);
    return reading;
  };
  const remember = (token: string, key: VerifiedKey | null): void => {
    cache.delete(token);
    cache.set(token, { until: clock.now() + TTL_MS, key });
    const oldest = cache.size > MAX_CACHED ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
  };

  return {
    async verify(authorization) {
      const token = bearer(authorization);
      const cached = cache.get(token);
      const fresh = cached !== undefined && clock.now() < cached.until;
      const key = fresh ? cached.key : await (asking.get(token) ?? lookUp(token));
      if (key === null) throw invalidKey();
      use.note(key.id);
      return key;
    },
    idle: use.idle,
    close: unsubscribe,
  };
}

/** A key as an actor: what it may do is decided by its scopes (`requireScope`), what it did is in the audit. */
export const actorOfKey = (key: VerifiedKey, ip: string | null): Actor => ({
  type: 'api_key',
  id: key.id,
  name: key.name,
  role: key.scopes.has('operate') ? 'ops' : 'viewer',
  ip,
});

function bearer(header: string | null | undefined): string {
  const token = /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  if (token === undefined) {
    throw new AppError(
      'AUTH_MISSING',
      `This call needs an API key in the Authorization header, e.g. "Authorization: Bearer ${KEY_PREFIX}…". Make one in Settings or with "npm run admin -- create-api-key".`,
    );
  }
  // no key looks like this: not worth a question to the store
  if (!token.startsWith(KEY_PREFIX) || token.length > 200) throw invalidKey();
  return token;
}

const invalidKey = (): AppError =>
  new AppError(
    'AUTH_INVALID_KEY',
    'This API key is not valid here: it is unknown or was revoked. Use another, or make one in Settings.',
  );
