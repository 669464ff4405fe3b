import { isActive } from '#app/modules/campaigns/campaign-schema.ts';
import type { WizardEvidence } from './evidence-schema.ts';

export const STEPS = ['Choose', 'Land', 'Convert', 'Check', 'Activate'] as const;
export type StepNumber = 1 | 2 | 3 | 4 | 5;

/** Which steps are proven by what was seen (RG-45, RG-46). Check has nothing of its own to prove: it reads the rest. */
export function provenSteps(evidence: WizardEvidence | null): Record<StepNumber, boolean> {
  if (evidence === null) return { 1: false, 2: false, 3: false, 4: false, 5: false };
  const { campaign, capture, cookie, record } = evidence;
  const confirmed = campaign.trackingConfirmedAt !== null;
  const active = isActive(campaign);
  return {
    1: campaign.testTrackingCode !== null,
    2: capture !== null && (cookie === 'set' || cookie === 'equal' || record !== null),
    3: confirmed,
    4: confirmed && active,
    5: active,
  };
}

/** The step to show: the one the address names, else the first that is not proven. Without a campaign only the first. */
export function stepToShow(asked: string | null, evidence: WizardEvidence | null): StepNumber {
  if (evidence === null) return 1;
  if (asked !== null && /^[1-5]$/.test(asked)) return Number(asked) as StepNumber;
  const proven = provenSteps(evidence);
  if (proven[3]) return proven[5] ? 5 : 4;
  return ([1, 2, 3, 4, 5] as const).find((step) => !proven[step]) ?? 5;
}

/** The address of a step. */
export const stepHref = (campaignId: string, step: StepNumber): string =>
  `/campaigns/new?campaign=${encodeURIComponent(campaignId)}&step=${step}`;
