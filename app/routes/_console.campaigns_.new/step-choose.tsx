import { Link } from '@remix-run/react';
import { Download, FlaskConical } from 'lucide-react';
import { type CampaignView, campaignName } from '#app/modules/campaigns/campaign-schema.ts';
import type { WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import {
  CampaignStatus,
  holdWords,
  payoutWords,
  TrackingStatus,
  Unknown,
} from '#app/routes/_console.campaigns/words.tsx';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { describedBy, Field } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { StepHead } from './step-head.tsx';
import { useIntent } from './use-intent.ts';

type Account = { name: string; label: string };

/** Step 1: which campaign. Fetched from the network by its id or link, or taken from those that are known. */
export function StepChoose({
  evidence,
  accounts,
  known,
  mayManage,
}: {
  evidence: WizardEvidence | null;
  accounts: readonly Account[];
  known: readonly CampaignView[];
  mayManage: boolean;
}) {
  if (evidence) return <Chosen evidence={evidence} />;
  return (
    <>
      <StepHead title="Which campaign?">
        Paste its id, or the link of its page at the network. Its terms and its test code are fetched from
        there; nothing is changed at the network.
      </StepHead>
      {accounts.length === 0 && (
        <Callout
          meaning="needs"
          title="No account of a network with campaigns."
          link={
            <Link className="link" to="/settings/accounts">
              Add one in Settings
            </Link>
          }
        >
          A campaign is fetched with the API key of an account.
        </Callout>
      )}
      {!mayManage && (
        <Callout title="Looking only.">
          Importing a campaign needs the role owner or ops. Ask an owner to do it or to change your role.
        </Callout>
      )}
      {accounts.length > 0 && mayManage && <Import accounts={accounts} />}
      {known.length > 0 && <Known campaigns={known} mayManage={mayManage} />}
    </>
  );
}

function Import({ accounts }: { accounts: readonly Account[] }) {
  const { Form, working, refused } = useIntent('import');
  const errors = refused ? [refused] : undefined;
  return (
    <Panel>
      <Form method="post" className="form">
        <input type="hidden" name="intent" value="import" />
        <Field id="network" label="Account">
          <Select id="network" name="network">
            {accounts.map((account) => (
              <option key={account.name} value={account.name}>
                {account.name === account.label.toLowerCase()
                  ? account.label
                  : `${account.name} (${account.label})`}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          id="campaign"
          label="Campaign id or link"
          errors={errors}
          help="For example https://regatta.network/dashboard/campaigns/… or the id in it."
        >
          <TextInput
            id="campaign"
            name="networkCampaignId"
            mono
            required
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={errors ? true : undefined}
            aria-describedby={describedBy('campaign', { help: '', ...(errors ? { errors } : {}) })}
          />
        </Field>
        <div role="alert" className="sr">
          {refused}
        </div>
        <Button
          type="submit"
          variant="primary"
          icon={Download}
          className="justify-self-start"
          working={working && 'Asking the network'}
        >
          Fetch the campaign
        </Button>
      </Form>
    </Panel>
  );
}

function Known({ campaigns, mayManage }: { campaigns: readonly CampaignView[]; mayManage: boolean }) {
  const { Form, refused } = useIntent('choose');
  return (
    <Panel title="Or go on with one that is known" ruled padded={false}>
      <ul aria-label="Known campaigns that are not proven or not active">
        {campaigns.map((campaign) => (
          <li key={campaign.id} className="light !grid-cols-[minmax(0,1fr)_auto]">
            <span className="min-w-0">
              <span className="med">{campaignName(campaign)}</span>{' '}
              <span className="c3">{payoutWords(campaign) ?? 'terms unknown'}</span>
              <span className="row mt-1 flex-wrap">
                <CampaignStatus campaign={campaign} inTable />
                <TrackingStatus campaign={campaign} inTable />
              </span>
            </span>
            <Form method="post" className="self-center">
              <input type="hidden" name="intent" value="choose" />
              <Button
                type="submit"
                name="id"
                value={campaign.id}
                small
                disabled={!mayManage}
                aria-label={`Choose ${campaignName(campaign)}`}
              >
                Choose
              </Button>
            </Form>
          </li>
        ))}
      </ul>
      <p role="alert" className="needs px-4">
        {refused}
      </p>
    </Panel>
  );
}

function Chosen({ evidence }: { evidence: WizardEvidence }) {
  const { campaign } = evidence;
  const { Form, working, refused } = useIntent('sync');
  const code = campaign.testTrackingCode;
  return (
    <>
      <StepHead title={campaignName(campaign)}>
        This is what {campaign.networkLabel} tells of it. The test code behaves like the code of an affiliate,
        but opens no lead and pays nobody.
      </StepHead>
      <Panel title="Terms" end={<CampaignStatus campaign={campaign} inTable />} ruled>
        <Facts
          items={[
            { term: 'Campaign id', value: campaign.networkCampaignId, mono: true },
            { term: 'Model, payout', value: payoutWords(campaign) ?? <Unknown /> },
            { term: 'Holding period', value: holdWords(campaign.holdingPeriodDays) ?? <Unknown /> },
            {
              term: 'Test code',
              value:
                code === null ? (
                  <Unknown />
                ) : (
                  <span className="row gap-1">
                    <span className="mono">{code}</span>
                    <CopyButton text={code} label="Copy the test code" />
                  </span>
                ),
            },
            { term: 'Tracking', value: <TrackingStatus campaign={campaign} inTable /> },
          ]}
        />
      </Panel>
      {code === null && (
        <div className="mt-3">
          <Callout meaning="needs" icon={FlaskConical} title="The test code is not known.">
            Without it nothing can be proven.{' '}
            {refused ??
              campaign.syncError ??
              `${campaign.networkLabel} did not tell it: the key may not belong to the owner of the campaign.`}
          </Callout>
          <Form method="post" className="mt-3">
            <input type="hidden" name="intent" value="sync" />
            <Button type="submit" working={working && 'Asking'}>
              Ask {campaign.networkLabel} again
            </Button>
          </Form>
        </div>
      )}
    </>
  );
}
