import type { StripeMapping } from '../../mapping-schema.ts';
import { at, id, text } from '../read.ts';
import type { FoundConversion } from '../types.ts';

/** Where the mapping finds the tracking code: in `metadata`, or by what `from` says of itself. */
export function refOf(
  from: unknown,
  metadata: unknown,
  mapping: StripeMapping,
): Pick<FoundConversion, 'ref' | 'record'> {
  let record: FoundConversion['record'] = null;
  for (const place of mapping.ref) {
    if (typeof place === 'object' && 'recordOf' in place) {
      const named = id(at(from, 'client_reference_id'));
      // the record outranks what follows (RG-04), but only if it is known: the code found further on goes with it
      if (named !== null) record ??= { type: place.type, id: named };
      continue;
    }
    const ref = place === 'client_reference_id' ? text(at(from, place)) : text(at(metadata, place.metadata));
    if (ref !== null) return { ref, record };
  }
  return { ref: null, record };
}

export function customerOf(email: unknown, customer: unknown): FoundConversion['customer'] {
  const address = text(email);
  const known = id(customer);
  return { ...(address ? { email: address } : {}), ...(known ? { id: known } : {}) };
}

/** The promo code a shop keeps in metadata. */
export const couponOf = (metadata: unknown): string | null =>
  text(at(metadata, 'promo')) ?? text(at(metadata, 'rgta_promo'));
