import { isActive } from '#app/modules/campaigns/campaign-schema.ts';
import type { WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Light, Lights } from '#app/ui/lights.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { StepHead } from './step-head.tsx';
import { useIntent } from './use-intent.ts';

/** Step 5: one button; the network decides, and its refusal stands here in its own words (RG-47, RG-48). */
export function StepActivate({ evidence }: { evidence: WizardEvidence }) {
  const { campaign, links, refusal } = evidence;
  const { working, refused } = useIntent('activate');
  const label = campaign.networkLabel;
  const active = isActive(campaign);
  const confirmed = campaign.trackingConfirmedAt !== null;
  return (
    <>
      <StepHead title={active ? 'The campaign is active' : 'Activate the campaign'}>
        {active
          ? 'Affiliates can send traffic. Their conversions become leads, and each waits out its holding period.'
          : `From then on affiliates can send traffic and ${label} pays for their conversions. ${label} decides; its answer appears here.`}
      </StepHead>
      <Panel title={`What ${label} asks for`} ruled padded={false}>
        <Lights label="What activation needs">
          <Light
            state={confirmed ? 'on' : 'off'}
            title="Tracking confirmed"
            when={confirmed && <Time at={campaign.trackingConfirmedAt} />}
          >
            {confirmed ? (
              'Recognised by its test code'
            ) : (
              <TextLink to={`/campaigns/new?campaign=${campaign.id}&step=3`}>Prove it in step 3</TextLink>
            )}
          </Light>
          <Light state={active ? 'on' : 'off'} title="A wallet balance above zero">
            {active
              ? 'It was there when the campaign was activated'
              : `Unknown from here: ${label} does not tell it. The budget's escrow need not be funded.`}
          </Light>
          <Light
            state={active ? 'on' : 'off'}
            title="Active"
            when={campaign.activatedAt && <Time at={campaign.activatedAt} />}
          >
            {active ? `${label} answered ACTIVE` : 'One button, below'}
          </Light>
        </Lights>
      </Panel>
      <div role="alert" className="mt-4">
        {!working && !active && refusal && (
          <Callout
            meaning="needs"
            title={refusal.words === null ? `${refusal.title}.` : `${label} says: “${refusal.words}”.`}
            link={
              links.settings && (
                <TextLink to={links.campaign ?? links.settings.url} external>
                  Put it right at {label}
                </TextLink>
              )
            }
          >
            {refusal.whatToDo}{' '}
            <span className="c3">
              Asked <Time at={refusal.at} as="ago" />
              {refusal.code && (
                <>
                  , <span className="mono">{refusal.code}</span>
                </>
              )}
              .
            </span>
          </Callout>
        )}
        {!refusal && refused && (
          <Callout meaning="needs" title="Not activated.">
            {refused}
          </Callout>
        )}
      </div>
    </>
  );
}
