import { RotateCcw, Zap } from 'lucide-react';
import type { WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import type { StepNumber } from '#app/modules/onboarding/policy.ts';
import { holdWords, payoutWords } from '#app/routes/_console.campaigns/words.tsx';
import { Button } from '#app/ui/button.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Icon } from '#app/ui/icon.tsx';
import { Time } from '#app/ui/time.tsx';
import { Help } from './help.tsx';
import { useIntent } from './use-intent.ts';

/** Beside a step: what is proven so far, what to check when nothing comes, and the weaker way. */
export function Aside({
  evidence,
  step,
  mayManage,
}: {
  evidence: WizardEvidence | null;
  step: StepNumber;
  mayManage: boolean;
}) {
  return (
    <>
      {evidence && <Proven evidence={evidence} />}
      <Help evidence={evidence} step={step} />
      {evidence && step === 3 && mayManage && <Fire evidence={evidence} />}
      {evidence && (step === 2 || step === 3) && mayManage && <Again />}
    </>
  );
}

function Proven({ evidence }: { evidence: WizardEvidence }) {
  const { campaign, capture, cookie, record } = evidence;
  const status = campaign.status?.toLowerCase() ?? 'status unknown';
  const cookieWords = {
    set: '30 days, HttpOnly',
    equal: 'holds the same bytes',
    other: 'holds another code',
    untold: 'not told',
    none: 'not seen',
  }[cookie ?? 'none'];
  return (
    <Section title="Proven so far" ruled level={2}>
      <Facts
        items={[
          {
            term: 'Campaign',
            value: `${campaign.name ?? campaign.networkCampaignId}, ${status}`,
            proven: true,
            wrap: true,
          },
          { term: 'Model', value: payoutWords(campaign) ?? 'unknown', wrap: true },
          { term: 'Holding period', value: holdWords(campaign.holdingPeriodDays) ?? 'unknown' },
          { term: 'Test code', value: campaign.testTrackingCode ?? 'unknown', mono: true },
          {
            term: 'Capture',
            value: capture ? <Time at={capture.at} as="clock" /> : 'not seen',
            proven: capture !== null,
          },
          { term: 'Cookie', value: cookieWords, proven: cookie === 'set' || cookie === 'equal' },
          {
            term: 'Record',
            value: record ? `${record.type.replace('_', ' ')}, same bytes` : 'not seen',
            proven: record !== null,
          },
          {
            term: 'Tracking',
            value: campaign.trackingConfirmedAt ? (
              <Time at={campaign.trackingConfirmedAt} as="clock" />
            ) : (
              'not confirmed'
            ),
            proven: campaign.trackingConfirmedAt !== null,
          },
        ]}
      />
    </Section>
  );
}

function Fire({ evidence }: { evidence: WizardEvidence }) {
  const { Form, working, refused, done } = useIntent('fire');
  const share = evidence.campaign.compensationModel === 'REV_SHARE';
  return (
    <section className="sec alt" aria-label="Fire a test postback">
      <div className="row !items-start">
        <span className="c3 leading-none mt-[2px]">
          <Icon icon={Zap} />
        </span>
        <Form method="post">
          <input type="hidden" name="intent" value="fire" />
          <p className="med">Cannot buy right now?</p>
          <p className="c2">
            Fire a test from here. It proves the key and the code, but not your checkout.
            {share && ' It says $49.00 of revenue or the like.'}
          </p>
          <Button
            type="submit"
            small
            className="mt-2"
            working={working && 'Firing'}
            disabled={evidence.campaign.testTrackingCode === null}
          >
            Fire a test postback
          </Button>
          <p role="status" className={refused ? 'needs mt-2' : 'c3 mt-2 text-12'}>
            {refused ?? (done?.fired ? `Fired ${done.fired}` : '')}
          </p>
        </Form>
      </div>
    </section>
  );
}

function Again() {
  const { Form, working } = useIntent('again');
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="again" />
      <Button
        type="submit"
        variant="quiet"
        small
        icon={RotateCcw}
        working={working && 'Starting'}
        title="What arrived until now no longer counts as evidence"
      >
        Start again from the visit
      </Button>
    </Form>
  );
}
