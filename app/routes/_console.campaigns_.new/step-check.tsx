import { CircleCheck, CircleDashed, EyeOff } from 'lucide-react';
import type { ChecklistItem, WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import { amountWords, holdWords, payoutWords, Unknown } from '#app/routes/_console.campaigns/words.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { StepHead } from './step-head.tsx';

const HOW: Record<string, string> = {
  shop: 'by a purchase on your site',
  console: 'by a test from this console, which proves less',
};

/** Step 4: what is proven, what the terms mean, and what cannot be seen from here. */
export function StepCheck({ evidence }: { evidence: WizardEvidence }) {
  const { campaign, links, conversion } = evidence;
  const { trackingConfirmedAt: at, networkLabel: label, currency } = campaign;
  const share = campaign.compensationModel === 'REV_SHARE';
  return (
    <>
      <StepHead title="Read what was proven">
        Nothing here is ticked by hand. What is missing can still be proven: go back, or activate as it is.
      </StepHead>
      {campaign.holdingPeriodDays === 0 && (
        <div className="mb-3">
          <Callout meaning="needs" title="Zero days of holding.">
            Every payout is released at once and can never be disputed: a refund later is a loss.
          </Callout>
        </div>
      )}
      {share && conversion !== null && conversion.revenueCents === null && (
        <div className="mb-3">
          <Callout meaning="needs" title="The test carried no revenue.">
            This campaign pays a percentage of the sale: {label} refuses real conversions without
            revenueCents.
          </Callout>
        </div>
      )}
      <Panel title="The campaign" ruled>
        <Facts
          items={[
            {
              term: 'Confirmed',
              value:
                at === null ? (
                  'not yet'
                ) : (
                  <>
                    <Time at={at} />,{' '}
                    {HOW[campaign.confirmedBy ?? ''] ?? `${label} says so; the test was not seen here`}
                  </>
                ),
              proven: at !== null && campaign.confirmedBy === 'shop',
              wrap: true,
            },
            { term: 'Model, payout', value: payoutWords(campaign) ?? <Unknown /> },
            {
              term: 'Payout of the test',
              value: amountWords(evidence.expectedPayoutCents, currency) ?? (
                <span className="c3">unknown: {share ? 'no revenue was told' : 'the terms do not say'}</span>
              ),
              wrap: true,
            },
            {
              term: 'Revenue',
              value: share
                ? 'required with every conversion, in cents'
                : 'optional; it does not change the payout',
              wrap: true,
            },
            { term: 'Holding period', value: holdWords(campaign.holdingPeriodDays) ?? <Unknown /> },
            { term: 'Budget', value: amountWords(campaign.budgetCents, currency) ?? <Unknown /> },
            {
              term: 'Wallet',
              value: (
                <>
                  <span className="c3">unknown: {label} does not tell it to an API key. </span>
                  {links.settings && (
                    <TextLink to={links.settings.url} external>
                      Look there
                    </TextLink>
                  )}
                </>
              ),
              wrap: true,
            },
          ]}
        />
      </Panel>
      <Panel title="Integration checklist" end="filled in from evidence" ruled padded={false}>
        <ul aria-label="Integration checklist">
          {evidence.checklist.map((item) => (
            <ChecklistLine key={item.key} item={item} />
          ))}
        </ul>
      </Panel>
    </>
  );
}

const LOOKS = {
  proven: { meaning: 'good', icon: CircleCheck, label: 'Proven' },
  not_proven: { meaning: 'needs', icon: CircleDashed, label: 'Not proven' },
  unseen: { meaning: 'neutral', icon: EyeOff, label: 'Cannot be seen from here' },
} as const;

function ChecklistLine({ item }: { item: ChecklistItem }) {
  return (
    <li className="light !grid-cols-[minmax(0,1fr)_auto] max-[767px]:!grid-cols-1">
      <div>
        <p className="lt">{item.text}</p>
        <p>{item.why}</p>
      </div>
      <span className="text-12 pt-[2px]">
        <StatusBadge {...LOOKS[item.state]} inTable />
      </span>
    </li>
  );
}
