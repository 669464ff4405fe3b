import type { PostbackInput } from '#app/connectors/types.ts';
import type { Hold } from '#app/modules/delivery/index.server.ts';
import { type LeasedMessage, parkMessages, stillLeased } from '#app/modules/outbox/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { createGroup } from '#app/platform/group.server.ts';
import type { TriageDeps } from './deps.ts';
import { expectPayouts } from './expect-payouts.server.ts';
import { countSeen } from './record-failures.server.ts';

type Parked = 'parked' | 'gone' | 'free';

/** Postbacks parked in one commit. */
const TOGETHER = 256;

/**
 * Parks postbacks that are held back; those that come together share a commit. `reload` is called where a breaker
 * closed meanwhile, so that the caller, asking the gate again, finds it open.
 */
export function createParking(
  ctx: Ctx,
  deps: TriageDeps,
  reload: () => Promise<void>,
): { park(message: LeasedMessage, hold: Hold): Promise<Parked> } {
  const group = createGroup<{ message: LeasedMessage; hold: Hold }, Parked>({
    max: TOGETHER,
    failsForAll: isStoreFault,
    async flush(inputs) {
      const { parked, ours } = await ctx.store.transaction((tx) => write(tx, ctx, deps, inputs));
      if (ours.size > 0) await reload();
      if (parked.size > 0) for (const topic of ['postbacks', 'issues'] as const) ctx.live.publish(topic);
      return inputs.map(({ message: { id } }) =>
        parked.has(id) ? 'parked' : ours.has(id) ? 'free' : 'gone',
      );
    },
  });
  return { park: (message, hold) => group.push({ message, hold }) };
}

async function write(
  tx: Conn,
  ctx: Ctx,
  deps: TriageDeps,
  inputs: readonly { message: LeasedMessage; hold: Hold }[],
): Promise<{ parked: ReadonlySet<string>; ours: ReadonlySet<string> }> {
  const now = nowOf(ctx);
  const payouts = await expectPayouts(
    tx,
    deps,
    inputs.map(({ message }) => unpriced(message)),
  );
  const parked = await parkMessages(
    tx,
    inputs.map(({ message, hold }) => ({
      id: message.id,
      owner: message.leaseOwner,
      number: message.number,
      ...hold,
      expectedCents: payouts.get(message.id)?.expectedCents ?? null,
      expectedCurrency: payouts.get(message.id)?.expectedCurrency ?? null,
      updatedAt: now,
    })),
  );
  const counts = new Map<string, number>();
  for (const { message, hold } of inputs)
    if (parked.has(message.id)) counts.set(hold.issueId, (counts.get(hold.issueId) ?? 0) + 1);
  // in the order of their ids, so that two writers cannot wait for each other
  for (const [issueId, n] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    await countSeen(tx, issueId, n, now);
  const rest = inputs.filter(({ message }) => !parked.has(message.id)).map(({ message }) => message);
  const [first] = rest;
  const ours = first
    ? await stillLeased(
        tx,
        first.leaseOwner,
        rest.map(({ id }) => id),
      )
    : new Set<string>();
  return { parked, ours };
}

function unpriced({ id, accountId, ref, networkCampaignId, payload }: LeasedMessage) {
  const { revenueCents, currency } = JSON.parse(payload) as PostbackInput;
  return { messageId: id, accountId, ref, networkCampaignId, revenueCents, currency };
}
