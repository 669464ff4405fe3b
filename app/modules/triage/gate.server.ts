import { setTimeout as sleep } from 'node:timers/promises';
import type { Connector } from '#app/connectors/types.ts';
import type { OpenAccount } from '#app/modules/campaigns/index.server.ts';
import type { DeliveryGate } from '#app/modules/delivery/index.server.ts';
import type { LeasedMessage } from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import { covers } from './breaker-policy.ts';
import { type OpenBreaker, readOpenBreakers } from './breaker-rows.server.ts';
import type { TriageDeps } from './deps.ts';
import { oneAfterTheOther } from './one-after-the-other.ts';
import { createParking } from './park.server.ts';
import { openSuspicion, type Suspicion, suspects, suspicionOf } from './suspicion.ts';

export interface Gate extends DeliveryGate {
  /** Reads the breakers and follows their notices. Until then nothing is held back. */
  start(): Promise<void>;
  stop(): void;
  /** Reads the breakers anew; resolves when a reading that began after this call is done. */
  reload(): Promise<void>;
  /** Breakers that are not closed, as last read. */
  readonly breakers: readonly OpenBreaker[];
}

/** Pause before a reading that failed is repeated, in ms. */
const AGAIN_MS = 200;

/**
 * The breakers of this process, in memory: what the delivery worker asks before every attempt. A stale one only lets
 * a row try, which is then refused and closes it; no row is ever lost by it. Without a breaker a check is one
 * comparison.
 */
export function createGate(
  ctx: Ctx,
  deps: TriageDeps & { connectorOf(account: OpenAccount): Connector },
): Gate {
  let breakers: readonly OpenBreaker[] = [];
  let byAccount = new Map<string, OpenBreaker[]>();
  let closed = 0;
  let running = false;
  let unsubscribe: (() => void) | null = null;
  const suspicions = new Map<string, Suspicion>();
  const count = (): void => {
    closed = breakers.length + suspicions.size;
  };

  const read = async (): Promise<void> => {
    const found = await readOpenBreakers(ctx);
    breakers = found;
    byAccount = new Map();
    for (const breaker of found)
      byAccount.set(breaker.accountId, [...(byAccount.get(breaker.accountId) ?? []), breaker]);
    count();
  };
  const reload = oneAfterTheOther(read);

  /** Reads until the store lets it. */
  const reloadSurely = async (): Promise<void> => {
    while (running) {
      try {
        return await reload();
      } catch (error) {
        ctx.log.error({ fault: describeStoreFault(error) }, 'cannot read what is held back; trying again');
        await sleep(AGAIN_MS);
      }
    }
  };

  const holding = (message: LeasedMessage): OpenBreaker | undefined =>
    byAccount
      .get(message.accountId)
      ?.find(
        (breaker) =>
          !(message.releasedAt && message.releasedAt >= breaker.trippedAt) && covers(breaker, message),
      );

  const check: DeliveryGate['check'] = (message) => {
    if (closed === 0 || message.kind !== 'postback') return null;
    const breaker = holding(message);
    if (breaker) return { breakerId: breaker.id, issueId: breaker.issueId };
    for (const suspicion of suspicions.values())
      if (suspects(suspicion, message)) return { wait: suspicion.settled };
    return null;
  };

  /** Forgets a suspicion once its breaker is known, or once nobody is left to write it. */
  const clear = (key: string, suspicion: Suspicion): void => {
    if (suspicions.get(key) !== suspicion) return;
    suspicions.delete(key);
    count();
    suspicion.settle();
  };

  const notice: DeliveryGate['notice'] = (finished, account) => {
    const found = suspicionOf(finished, deps.connectorOf(account));
    if (!found) return null;
    const { key, ...fresh } = found;
    const suspicion = suspicions.get(key) ?? openSuspicion(fresh);
    suspicion.owners++;
    suspicion.at = Math.max(suspicion.at, fresh.at);
    suspicions.set(key, suspicion);
    count();
    return async () => {
      suspicion.owners--;
      await reloadSurely();
      const known = breakers.some(
        (one) => one.accountId === suspicion.accountId && one.reason === suspicion.reason,
      );
      if (known || suspicion.owners === 0) clear(key, suspicion);
    };
  };

  const { park } = createParking(ctx, deps, reload);
  return {
    check,
    park,
    notice,
    reload,
    get breakers() {
      return breakers;
    },
    async start() {
      running = true;
      unsubscribe = ctx.live.subscribe((topic) => {
        if (topic === 'breakers') void reloadSurely();
      });
      await reload();
    },
    stop() {
      running = false;
      unsubscribe?.();
      for (const [key, suspicion] of suspicions) clear(key, suspicion);
    },
  };
}
