import type { LintWarning, NetworkCampaign, PostbackInput } from '../types.ts';
import { LIMITS } from './metadata.ts';

/** At half of the 100× between dollars and cents, ordinary price differences are still far away (RG-11). */
const DOLLARS_FACTOR = 50;

/**
 * Looks for what the guide warns of before anything is sent (RG-06, RG-10…RG-12). Warnings never stop a postback:
 * the network has the last word. `usualRevenueCents` is what the campaign's conversions usually bring, or null.
 */
export function lintPostback(
  input: PostbackInput,
  campaign: NetworkCampaign | null,
  usualRevenueCents: number | null,
): LintWarning[] {
  return [
    ...lintRef(input.ref),
    ...lintExternalId(input.externalId),
    ...lintRevenue(input, campaign, usualRevenueCents),
    ...lintMetadata(input.metadata),
  ];
}

function lintRef(ref: string): LintWarning[] {
  const warnings: LintWarning[] = [];
  if (ref !== ref.trim()) {
    const message =
      'The tracking code starts or ends with whitespace. Regatta compares it exactly: unless the link carried it that way, the answer will be 404 NOT_FOUND.';
    warnings.push({ field: 'ref', message });
  }
  if (ref.length > LIMITS.ref) {
    const message = `The tracking code has ${ref.length} characters; Regatta takes at most ${LIMITS.ref}.`;
    warnings.push({ field: 'ref', message });
  }
  return warnings;
}

function lintExternalId(externalId: string): LintWarning[] {
  if (externalId.length <= LIMITS.externalId) return [];
  const message = `The externalId has ${externalId.length} characters; Regatta takes at most ${LIMITS.externalId}.`;
  return [{ field: 'externalId', message }];
}

function lintRevenue(
  { revenueCents, currency }: PostbackInput,
  campaign: NetworkCampaign | null,
  usual: number | null,
): LintWarning[] {
  const warnings: LintWarning[] = [];
  const warn = (message: string) => warnings.push({ field: 'revenueCents', message });
  if (revenueCents === null && campaign?.compensationModel === 'REV_SHARE') {
    warn('This campaign pays a percentage of the sale (REV_SHARE): without revenueCents Regatta refuses it.');
  }
  if (revenueCents !== null && revenueCents > 0 && usual !== null && revenueCents * DOLLARS_FACTOR <= usual) {
    warn(
      `revenueCents is ${revenueCents}, while this campaign usually sees about ${usual}. It looks like dollars sent as cents, which would underpay the partner by 100 times.`,
    );
  }
  if (revenueCents !== null && currency !== null && campaign?.currency && currency !== campaign.currency) {
    warn(
      `The revenue is in ${currency} and the campaign in ${campaign.currency}. Regatta's postback carries no currency, so the amount would be read as ${campaign.currency}.`,
    );
  }
  return warnings;
}

function lintMetadata(metadata: string | null): LintWarning[] {
  const bytes = metadata === null ? 0 : new TextEncoder().encode(metadata).length;
  if (bytes <= LIMITS.metadataBytes) return [];
  const message = `The metadata has ${bytes} bytes; Regatta asks to keep it under ${LIMITS.metadataBytes} (10 KB).`;
  return [{ field: 'metadata', message }];
}
