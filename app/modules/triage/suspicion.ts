import type { Connector } from '#app/connectors/types.ts';
import type { FinishedAttempt } from '#app/modules/delivery/index.server.ts';
import type { LeasedMessage } from '#app/modules/outbox/index.server.ts';
import type { BreakerReason } from './schema.ts';

/** A refusal that was read and whose breaker is not yet known here. */
export interface Suspicion {
  accountId: string;
  reason: BreakerReason;
  /** Null: the whole account. */
  place: { networkCampaignId: string | null; ref: string | null } | null;
  /** When its refusal was read, in ms. */
  at: number;
  /** Settlements under way that may still write its breaker. */
  owners: number;
  settled: Promise<void>;
  settle(): void;
}

type Fresh = Pick<Suspicion, 'accountId' | 'reason' | 'place' | 'at'>;

/** A suspicion that nobody owns yet. */
export function openSuspicion(fresh: Fresh): Suspicion {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { ...fresh, owners: 0, settled: promise, settle: resolve };
}

/** What a refusal makes likely for others, or null for all other answers. */
export function suspicionOf(
  { message, settlement, finishedAt }: FinishedAttempt,
  connector: Connector,
): ({ key: string } & Fresh) | null {
  if (settlement.status !== 'failed' || message.kind !== 'postback' || settlement.errorCode === null)
    return null;
  const held = connector.holdback(settlement.errorCode, settlement.errorMessage, settlement.httpStatus);
  if (!held) return null;
  const { accountId, networkCampaignId, ref } = message;
  const place = held.scope === 'account' ? null : { networkCampaignId, ref };
  return {
    key: JSON.stringify([accountId, held.reason, place]),
    accountId,
    reason: held.reason,
    place,
    at: finishedAt.getTime(),
  };
}

/** Whether this message would likely get the same refusal: not one let go since, not one of another place. */
export function suspects({ accountId, place, at }: Suspicion, message: LeasedMessage): boolean {
  if (message.accountId !== accountId) return false;
  if (message.releasedAt && message.releasedAt.getTime() >= at) return false;
  if (!place) return true;
  if (place.networkCampaignId !== null && message.networkCampaignId !== null)
    return place.networkCampaignId === message.networkCampaignId;
  return place.ref === message.ref;
}
