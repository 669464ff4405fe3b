import { BadgeCheck, FlaskConical, Send, ShoppingCart, Tag } from 'lucide-react';
import type { WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import { amountWords } from '#app/routes/_console.campaigns/words.tsx';
import { utf8Length } from '#app/ui/byte-diff.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Light, Lights } from '#app/ui/lights.tsx';
import { LinkBox } from '#app/ui/link-box.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { AttemptPanes } from './attempt-panes.tsx';
import { Listening } from './listening.tsx';
import { Mutations } from './mutations.tsx';
import { StepHead } from './step-head.tsx';

/** Step 3: a test conversion takes the path every real one will take (RG-45, RG-46). */
export function StepConvert({ evidence }: { evidence: WizardEvidence }) {
  const { testUrl, campaign, postback, attempt } = evidence;
  return (
    <>
      <StepHead title="Make a test purchase on your own site">
        Use the browser that landed in step 2. The order takes the path every real one will take, so this
        proves your shop, your key and the code together.
      </StepHead>
      {testUrl && <LinkBox url={testUrl} />}
      <Panel title="Evidence" end={<Listening evidence={evidence} />} ruled padded={false}>
        <ConvertLights evidence={evidence} />
      </Panel>
      {postback?.explanation && (
        <div className="mt-3" role="status">
          <Callout
            meaning={postback.status === 'retrying' ? 'waiting' : 'needs'}
            title={`${postback.explanation.title}.`}
            link={<TextLink to={`/postbacks/${postback.id}`}>See the postback</TextLink>}
          >
            {postback.errorMessage && (
              <>
                {campaign.networkLabel} says: “{postback.errorMessage}”.{' '}
              </>
            )}
            {postback.explanation.meaning} {postback.explanation.whatToDo}
          </Callout>
        </div>
      )}
      {attempt && <AttemptPanes attempt={attempt} />}
      <Mutations evidence={evidence} />
    </>
  );
}

function ConvertLights({ evidence }: { evidence: WizardEvidence }) {
  const { campaign, conversion, postback } = evidence;
  const label = campaign.networkLabel;
  const code = campaign.testTrackingCode ?? '';
  const bytes = utf8Length(code);
  const at = conversion && <Time at={conversion.at} as="clock" />;
  const fromHere = conversion?.origin === 'wizard';
  const recognised = postback?.status === 'test';
  const confirmedAt = campaign.trackingConfirmedAt;
  return (
    <Lights label="Evidence of the test conversion">
      <Light
        state={conversion ? 'on' : 'waiting'}
        icon={ShoppingCart}
        title={
          conversion
            ? fromHere
              ? 'A test was fired from here'
              : 'Your site reported the purchase'
            : 'Waiting for your site to report a purchase'
        }
        when={at}
      >
        {conversion ? (
          <>
            <span className="mono">{conversion.externalId}</span>,{' '}
            {amountWords(conversion.revenueCents, conversion.currency) ?? 'no revenue told'}
            {fromHere && ': proves the key and the code, not your checkout'}
          </>
        ) : (
          'It comes by POST /api/v1/conversions or a signed webhook of your payment provider'
        )}
      </Light>
      <Light state={conversion ? 'on' : 'off'} icon={Tag} title="It carries the test code" when={at}>
        <span className="mono">{code}</span>
        {conversion
          ? conversion.refSource === 'record'
            ? ` read from the ${(conversion.recordType ?? 'record').replace('_', ' ')}, ${bytes} of ${bytes} bytes`
            : `, ${bytes} of ${bytes} bytes`
          : ' or, better, the record that holds it'}
      </Light>
      <PostbackLight evidence={evidence} />
      <Light
        state={recognised ? 'on' : 'off'}
        icon={FlaskConical}
        title={recognised ? `${label} recognised a test` : `${label} recognises a test`}
      >
        Its answer says <span className="mono">"test": true</span>: no lead, nobody is paid
      </Light>
      <Light
        state={confirmedAt ? 'on' : 'off'}
        icon={BadgeCheck}
        title="Tracking confirmed"
        when={confirmedAt && <Time at={confirmedAt} as="clock" />}
      >
        {label} notes the time as <span className="mono">trackingConfirmedAt</span>
      </Light>
    </Lights>
  );
}

function PostbackLight({ evidence: { campaign, postback } }: { evidence: WizardEvidence }) {
  const label = campaign.networkLabel;
  if (postback === null) {
    return (
      <Light state="off" icon={Send} title={`Postback to ${label}`}>
        Leaves by itself as soon as the purchase is stored
      </Light>
    );
  }
  const { status, attempts, attemptsMax, dueAt, attemptStartedAt } = postback;
  const when = attemptStartedAt && <Time at={attemptStartedAt} as="clock" />;
  const count = `attempt ${Math.max(attempts, 1)} of ${attemptsMax}`;
  if (status === 'queued')
    return (
      <Light state="waiting" icon={Send} title="Postback queued">
        First attempt is due
      </Light>
    );
  if (status === 'sending')
    return (
      <Light state="waiting" icon={Send} title={`Postback on its way to ${label}`} when={when}>
        A try is under way, {count}
      </Light>
    );
  if (status === 'retrying') {
    return (
      <Light state="waiting" icon={Send} title="Postback is tried again by itself" when={when}>
        After {count}; next at <Time at={dueAt} as="clock" />
      </Light>
    );
  }
  const done = status === 'test' || status === 'delivered' || status === 'duplicate';
  return (
    <Light
      state={done ? 'on' : 'off'}
      icon={Send}
      title={done ? `${label} answered` : `The postback did not get through: ${status}`}
      when={when}
    >
      <TextLink to={`/postbacks/${postback.id}`}>
        {attempts === 1 ? 'One attempt' : `${attempts} attempts`}
      </TextLink>
    </Light>
  );
}
