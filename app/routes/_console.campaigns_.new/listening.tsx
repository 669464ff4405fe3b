import type { WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import { Time } from '#app/ui/time.tsx';

/** Since when what arrives counts as evidence. */
export function Listening({ evidence }: { evidence: WizardEvidence }) {
  return (
    <span className="row gap-[7px]">
      <span className="live" aria-hidden="true" />
      <span>
        Listening since <Time at={evidence.listeningSince} />
      </span>
    </span>
  );
}
