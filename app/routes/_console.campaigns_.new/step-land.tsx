import { Cookie, Database, ScanLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { utf8Length } from '#app/ui/byte-diff.ts';
import { describedBy, Field } from '#app/ui/field.tsx';
import { Light, Lights } from '#app/ui/lights.tsx';
import { LinkBox } from '#app/ui/link-box.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { Time } from '#app/ui/time.tsx';
import { Listening } from './listening.tsx';
import { Mutations } from './mutations.tsx';
import { StepHead } from './step-head.tsx';
import { useIntent } from './use-intent.ts';

/** Step 2: visit the landing page with the test code, and see it arrive (RG-01 to RG-04). */
export function StepLand({ evidence, mayManage }: { evidence: WizardEvidence; mayManage: boolean }) {
  const { campaign, testUrl } = evidence;
  const [changing, setChanging] = useState(false);
  return (
    <>
      <StepHead title="Visit your landing page with the test code">
        Open it in a private window, as a new visitor would: a browser that carries another code keeps that
        one. Leave the window open for the next step.
      </StepHead>
      {testUrl && !changing ? (
        <>
          <LinkBox url={testUrl} />
          {mayManage && (
            <p className="mt-2">
              <Button variant="quiet" small onClick={() => setChanging(true)}>
                Use another page
              </Button>
            </p>
          )}
        </>
      ) : (
        <LandingForm
          initial={campaign.landingUrl ?? ''}
          mayManage={mayManage}
          onSaved={() => setChanging(false)}
        />
      )}
      <Panel title="Evidence" end={<Listening evidence={evidence} />} ruled padded={false}>
        <LandLights evidence={evidence} />
      </Panel>
      <Mutations evidence={evidence} />
    </>
  );
}

function LandingForm({
  initial,
  mayManage,
  onSaved,
}: {
  initial: string;
  mayManage: boolean;
  onSaved: () => void;
}) {
  const { Form, working, refused, done } = useIntent('landing');
  const sent = useRef(false);
  useEffect(() => {
    // an answer to an earlier change says nothing about this one
    if (sent.current && done) onSaved();
  }, [done, onSaved]);
  const errors = refused ? [refused] : undefined;
  return (
    <Form
      method="post"
      className="form"
      onSubmit={() => {
        sent.current = true;
      }}
    >
      <input type="hidden" name="intent" value="landing" />
      <Field
        id="landing"
        label="Landing page"
        errors={errors}
        help="The page that affiliates link to. Its own parameters are kept; the code is added."
      >
        <TextInput
          id="landing"
          name="landingUrl"
          type="url"
          mono
          required
          maxLength={2000}
          placeholder="https://"
          defaultValue={initial}
          disabled={!mayManage}
          aria-invalid={errors ? true : undefined}
          aria-describedby={describedBy('landing', { help: '', ...(errors ? { errors } : {}) })}
        />
      </Field>
      <Button
        type="submit"
        className="justify-self-start"
        disabled={!mayManage}
        working={working && 'Saving'}
      >
        Use this page
      </Button>
    </Form>
  );
}

function LandLights({ evidence }: { evidence: WizardEvidence }) {
  const { campaign, capture, cookie, record, parameter } = evidence;
  const code = campaign.testTrackingCode ?? '';
  const bytes = utf8Length(code);
  return (
    <Lights label="Evidence of the visit">
      <Light
        state={capture ? 'on' : 'waiting'}
        icon={ScanLine}
        title={capture ? 'The code arrived' : 'Waiting for the code to arrive'}
        when={capture && <Time at={capture.at} as="clock" />}
      >
        {capture ? (
          <>
            <span className="mono">{code}</span>, {bytes} of {bytes} bytes,{' '}
            {capture.source === 'browser' ? 'from the page itself' : 'from your server'}
            {capture.url && (
              <>
                {' '}
                on <span className="mono">{shownPath(capture.url)}</span>
              </>
            )}
          </>
        ) : (
          <>Your site reports it with POST /api/v1/captures, or the page itself with POST /api/capture-ref</>
        )}
      </Light>
      <Light
        state={cookie === 'set' || cookie === 'equal' ? 'on' : capture ? 'off' : 'off'}
        icon={Cookie}
        title={COOKIE_TITLES[cookie ?? 'none']}
      >
        {cookieDetail(evidence)}
      </Light>
      <Light
        state={record ? 'on' : capture ? 'waiting' : 'off'}
        icon={Database}
        title={record ? 'A durable record carries it' : 'A durable record with the code'}
        when={record && <Time at={record.at} as="clock" />}
      >
        {record ? (
          <>
            {record.type.replace('_', ' ')} <span className="mono">{record.recordId}</span>, the same {bytes}{' '}
            bytes
          </>
        ) : (
          <>
            POST /api/v1/records at sign-up or order. It outlives the cookie{' '}
            <span className="mono">{parameter.cookie}</span>; it may come with the purchase
          </>
        )}
      </Light>
    </Lights>
  );
}

const COOKIE_TITLES: Record<string, string> = {
  set: 'The cookie is set',
  equal: 'The cookie holds it',
  other: 'The cookie holds another code',
  untold: 'Nothing is known of the cookie',
  none: 'A cookie that holds it',
};

function cookieDetail({ cookie, capture, parameter }: WizardEvidence) {
  if (cookie === 'set') return 'Leadline set it: 30 days, HttpOnly, SameSite=Lax';
  if (cookie === 'equal')
    return (
      <>
        Your site says that <span className="mono">{parameter.cookie}</span> holds the same bytes
      </>
    );
  if (cookie === 'other') {
    return (
      <>
        This browser came with <span className="mono">{capture?.keptRef ?? capture?.cookieValue}</span>{' '}
        before, and the first code stays. Open the page in a private window
      </>
    );
  }
  if (cookie === 'untold')
    return 'Your site reports captures without cookieValue. The purchase will show whether the code was kept';
  return '30 days from the first visit, never overwritten';
}

/** Path and query of an address: what tells pages of one site apart. */
function shownPath(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
