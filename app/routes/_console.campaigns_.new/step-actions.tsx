import { Link } from '@remix-run/react';
import { ChevronLeft, Play } from 'lucide-react';
import { isActive } from '#app/modules/campaigns/campaign-schema.ts';
import type { WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import { provenSteps, STEPS, type StepNumber, stepHref } from '#app/modules/onboarding/policy.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { useIntent } from './use-intent.ts';

type Props = { evidence: WizardEvidence | null; step: StepNumber };

/** One step back; from the first to the list. */
export function Back({ evidence, step }: Props) {
  const to = evidence && step > 1 ? stepHref(evidence.campaign.id, (step - 1) as StepNumber) : '/campaigns';
  return (
    <ButtonLink variant="quiet" icon={ChevronLeft} to={to}>
      Back
    </ButtonLink>
  );
}

/** The one right next step. What is not proven yet can be passed by, and says so. */
export function StepActions({ evidence, step, mayManage }: Props & { mayManage: boolean }) {
  if (evidence === null) return null;
  if (step === 5) return <Activate evidence={evidence} mayManage={mayManage} />;
  const next = (step + 1) as StepNumber;
  const to = stepHref(evidence.campaign.id, next);
  // Check has nothing of its own to wait for: it only reads what the others proved
  const ready = step === 4 ? provenSteps(evidence)[3] : provenSteps(evidence)[step];
  const label = `Continue to ${STEPS[next - 1]}`;
  if (ready)
    return (
      <ButtonLink variant="primary" to={to}>
        {label}
      </ButtonLink>
    );
  return (
    <>
      <Link className="link self-center mr-2" to={to}>
        Go on without this proof
      </Link>
      <Button disabled className="hide-s">
        {label}
      </Button>
    </>
  );
}

function Activate({ evidence, mayManage }: { evidence: WizardEvidence; mayManage: boolean }) {
  const { Form, working } = useIntent('activate');
  const { campaign } = evidence;
  if (isActive(campaign))
    return (
      <ButtonLink variant="primary" to={`/campaigns/${campaign.id}`}>
        See the campaign
      </ButtonLink>
    );
  if (!mayManage) return <Button disabled>Activate</Button>;
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="activate" />
      <Button type="submit" variant="primary" icon={Play} working={working && 'Activating'}>
        Activate the campaign
      </Button>
    </Form>
  );
}
