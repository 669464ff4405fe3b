import type { ReactNode } from 'react';
import type { WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import type { StepNumber } from '#app/modules/onboarding/policy.ts';
import { Section } from '#app/ui/drawer.tsx';
import { TextLink } from '#app/ui/text-link.tsx';

type Hint = { ask: string; tell: ReactNode };

/** What to check when a light stays off. */
export function Help({ evidence, step }: { evidence: WizardEvidence | null; step: StepNumber }) {
  const hints = hintsOf(evidence, step);
  if (hints.length === 0) return null;
  return (
    <Section
      title={step === 1 ? 'Where the id is' : step > 3 ? 'If it is refused' : 'If a light stays off'}
      ruled
      level={2}
    >
      <ul className="chk">
        {hints.map((hint) => (
          <li key={hint.ask}>
            <b>{hint.ask}</b> {hint.tell}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function hintsOf(evidence: WizardEvidence | null, step: StepNumber): Hint[] {
  if (step === 1) return evidence ? [] : CHOOSE;
  if (evidence === null) return [];
  if (step === 2) return landHints(evidence);
  if (step === 3) return convertHints(evidence);
  return step === 5 ? activateHints(evidence) : [];
}

const CHOOSE: Hint[] = [
  {
    ask: 'At Regatta:',
    tell: (
      <>
        open the campaign in the dashboard and copy its address:{' '}
        <span className="mono">/dashboard/campaigns/…</span>
      </>
    ),
  },
  {
    ask: 'Not found?',
    tell: 'Only the account that owns a campaign can fetch it. Choose the account of its owner.',
  },
];

function landHints({ parameter, capture, cookie }: WizardEvidence): Hint[] {
  if (capture && cookie === 'other') {
    return [
      {
        ask: 'Another code in the cookie?',
        tell: 'That is right for a real visitor: the first affiliate keeps the sale. For the test use a private window.',
      },
    ];
  }
  return [
    {
      ask: 'Nothing arrives?',
      tell: (
        <>
          The site must read <span className="mono">?{parameter.query}=</span> on every page an affiliate may
          link to, and report it here. <TextLink to="/integrate">See the snippets</TextLink>
        </>
      ),
    },
    {
      ask: '401 or 403 in your log?',
      tell: (
        <>
          The key needs the scope ingest. <TextLink to="/settings/keys">API keys</TextLink>
        </>
      ),
    },
    {
      ask: 'A page without a server?',
      tell: (
        <>
          Its address must be in <span className="mono">CAPTURE_ORIGINS</span>, else the browser is turned
          away.
        </>
      ),
    },
    {
      ask: 'Redirected?',
      tell: 'A redirect that drops the query drops the code with it: http to https, with and without www.',
    },
    { ask: 'Anything at all?', tell: <TextLink to="/refs">All captured refs</TextLink> },
  ];
}

function convertHints({ withoutCode, campaign }: WizardEvidence): Hint[] {
  const bare: Hint[] = withoutCode
    ? [
        {
          ask: 'A purchase came without a code:',
          tell: (
            <>
              <span className="mono">{withoutCode.externalId}</span>. The cookie was lost between domains, or
              it is another buyer.{' '}
              <TextLink to={`/conversions/${withoutCode.id}`}>Look at the trace</TextLink>
            </>
          ),
        },
      ]
    : [
        {
          ask: 'Purchase without a code?',
          tell: 'The cookie was lost between domains. Send the record that holds the code, or the code itself.',
        },
      ];
  return [
    {
      ask: 'No purchase reported?',
      tell: (
        <>
          Your backend calls POST /api/v1/conversions after the money moved, or your payment provider's
          webhook does. <TextLink to="/integrate">See how</TextLink>
        </>
      ),
    },
    ...bare,
    { ask: `404 from ${campaign.networkLabel}?`, tell: 'The code changed on the way; it is case-sensitive.' },
  ];
}

function activateHints({ campaign, links }: WizardEvidence): Hint[] {
  return [
    {
      ask: '“Fund your wallet before activating this campaign”:',
      tell: (
        <>
          put money into the wallet at {campaign.networkLabel}, then press again.{' '}
          {links.settings && (
            <TextLink to={links.settings.url} external>
              Settings there
            </TextLink>
          )}
        </>
      ),
    },
    { ask: 'Tracking not confirmed?', tell: 'The test of step 3 must be recognised first.' },
  ];
}
