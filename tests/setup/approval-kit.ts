import { expect } from 'vitest';
import type { FourEyes } from '#app/modules/disputes/approval-schema.ts';
import { decideReview, saveFourEyes } from '#app/modules/disputes/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { maya, startRefundKit } from './refund-kit.ts';

export type Kit = Awaited<ReturnType<typeof startRefundKit>>;

/** Somebody who is signed in, with this name and role. */
export const person = (name: string, role: Actor['role'] = 'finance'): Actor => ({
  type: 'user',
  id: `usr_${name}`,
  name,
  role,
  ip: null,
});
export const olga = person('Olga', 'owner');
export const bo = person('Bo');
export const conflict = expect.objectContaining({ code: 'CONFLICT' });
export const forbidden = expect.objectContaining({ code: 'FORBIDDEN' });

/** Leads pay $10.00: above the sum. */
export const ALL: FourEyes = { enabled: true, above: { USD: 999 } };

/** A refund kit in which disputes above a sum need a second person. */
export async function start(rule: FourEyes = ALL): Promise<Kit> {
  const kit = await startRefundKit();
  await saveFourEyes(kit.ctx, { rule, actor: olga });
  await kit.campaignsKnown();
  return kit;
}

/** A partial refund that waits for a person, and a dispute of it that Maya asked for. */
export async function asked(kit: Kit) {
  const { externalId, lead } = await kit.lead();
  await kit.campaignsKnown();
  const refund = await kit.refund({ externalId, amountCents: 1000 });
  const { approvalId, disposition } = await decideReview(kit.ctx, kit.deps, {
    refundId: refund.id,
    choice: 'dispute',
    actor: maya,
  });
  if (approvalId === null) throw new Error(`not asked for, but ${disposition}`);
  return { externalId, leadId: lead.id, refundId: refund.id, approvalId };
}

/** The row of an approval. */
export const approvalRow = (kit: Kit, id: string) =>
  kit.prisma.disputeApproval.findUniqueOrThrow({ where: { id } });
