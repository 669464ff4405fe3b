import { isIP } from 'node:net';
import { learnLinks } from '#app/modules/disputes/index.server.ts';
import type { Intake } from '#app/modules/intake/index.server.ts';
import { conversionSchema } from '#app/modules/intake/schema.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import type { EndpointRow } from './endpoint-rows.server.ts';
import { reportIfFirst } from './first-payment.server.ts';
import { linkedKeys } from './links.server.ts';
import { failed, handled, type Processed } from './processed.ts';
import { EventFault, type FoundConversion } from './sources/types.ts';
import { inTurn } from './turns.ts';

/**
 * Reports a conversion that a provider's event tells of, through the same door as the backend's own (RG-16). The ids
 * of the payment are kept with their kind, so that a refund finds it by any of them (RG-40).
 */
export async function takeFoundConversion(
  ctx: Ctx,
  intake: Intake,
  endpoint: EndpointRow,
  found: FoundConversion,
  campaignId: string | undefined,
): Promise<Processed> {
  const { onlyFirstOf } = found;
  const report = () => reportFound(ctx, intake, endpoint, found, campaignId);
  if (!onlyFirstOf) return report();
  const { accountId } = endpoint;
  const { key: subscription, said } = onlyFirstOf;
  const payment = { accountId, subscription, externalId: found.externalId, said };
  // those that come to this process take turns, so that the second need not wait to be taken up again
  return inTurn(ctx.store, `${accountId} ${subscription}`, () => reportIfFirst(ctx, payment, report));
}

async function reportFound(
  ctx: Ctx,
  intake: Intake,
  endpoint: EndpointRow,
  found: FoundConversion,
  campaignId: string | undefined,
): Promise<Processed> {
  const { input, leftOut } = await inputOf(ctx, endpoint, found, campaignId);
  const [stored] = await intake.reportConversions([{ accountId: endpoint.accountId, input, origin: 'api' }]);
  if (!stored) throw new Error('intake answered nothing for a conversion');
  if (stored.kind === 'conflict')
    return failed(
      `The order ${found.externalId} was already reported with other content (see the conversion). What came now is kept for triage and is not sent.`,
    );
  for (const { kind, key } of found.keys)
    await ctx.store.prisma.paymentRef.updateMany({
      where: { conversionId: stored.id, paymentId: key, kind: null },
      data: { kind },
    });
  // what other events told of this payment before
  await learnLinks(ctx.store, await linkedKeys(ctx.store, found.keys));
  const words =
    stored.kind === 'repeat'
      ? `The conversion ${found.externalId} was reported before.`
      : stored.postbackId === null
        ? `The conversion ${found.externalId} has no tracking code: kept, nothing is sent.`
        : `The conversion ${found.externalId} is on its way to the network.`;
  return handled({
    kind: 'conversion',
    id: stored.id,
    words:
      leftOut.length === 0 ? words : `${words} Left out, because it cannot be sent: ${leftOut.join('; ')}.`,
  });
}

/**
 * The event's conversion in the words of the API, checked by the same schema. What only adds to it (coupon, what is
 * known of the customer) is left out where it is not fit, rather than losing the conversion. Throws EventFault with
 * the field.
 */
async function inputOf(ctx: Ctx, endpoint: EndpointRow, found: FoundConversion, campaignId?: string) {
  const account = await ctx.store.prisma.networkAccount.findUniqueOrThrow({
    where: { id: endpoint.accountId },
    select: { name: true },
  });
  const leftOut: string[] = [];
  const { ip, ...known } = found.customer;
  if (ip !== undefined && isIP(ip) === 0) leftOut.push('customer.ip is no IP address');
  const customer = { ...known, ...(ip !== undefined && isIP(ip) !== 0 ? { ip } : {}) };
  const needed = {
    externalId: found.externalId,
    eventType: found.eventType,
    revenueCents: found.revenueCents,
    currency: found.currency,
    network: account.name,
    ...(found.ref === null ? {} : { ref: found.ref }),
    ...(found.record ? { record: found.record } : {}),
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(found.occurredAt === null ? {} : { occurredAt: found.occurredAt }),
    paymentIds: [...new Set(found.keys.map(({ key }) => key))].slice(0, 20),
  };
  const extras = {
    ...(found.coupon === null ? {} : { coupon: found.coupon }),
    ...(Object.keys(customer).length === 0 ? {} : { customer }),
  };
  const whole = conversionSchema.safeParse({ ...needed, ...extras });
  if (whole.success) return { input: whole.data, leftOut };
  const parsed = conversionSchema.safeParse(needed);
  if (parsed.success)
    return { input: parsed.data, leftOut: [...leftOut, ...whole.error.issues.map(({ message }) => message)] };
  const [issue] = parsed.error.issues;
  throw new EventFault(issue?.path.join('.') || 'conversion', issue?.message ?? 'is not valid');
}
