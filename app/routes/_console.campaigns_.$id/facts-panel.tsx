import { useFetcher } from '@remix-run/react';
import { RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import type { CampaignView } from '#app/modules/campaigns/campaign-schema.ts';
import type { NetworkLinks } from '#app/modules/campaigns/index.server.ts';
import { amountWords, holdWords, payoutWords, Unknown } from '#app/routes/_console.campaigns/words.tsx';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { notify } from '#app/ui/toast.tsx';
import type { action } from './route.tsx';

/** What the network told of a campaign, when, and its refusal in its own words where it told nothing new. */
export function FactsPanel({
  campaign,
  links,
  mayManage,
}: {
  campaign: CampaignView;
  links: NetworkLinks;
  mayManage: boolean;
}) {
  const fetcher = useFetcher<typeof action>({ key: `sync-${campaign.id}` });
  const { data: answer } = fetcher;
  const label = campaign.networkLabel;
  useEffect(() => {
    if (answer && answer.error === null) notify({ meaning: 'good', title: `Up to date with ${label}` });
  }, [answer, label]);
  const refusal = answer?.error?.message ?? campaign.syncError;
  const sync = mayManage && (
    <fetcher.Form method="post">
      <input type="hidden" name="intent" value="sync" />
      <Button type="submit" small icon={RefreshCw} working={fetcher.state !== 'idle' && 'Asking'}>
        Sync now
      </Button>
    </fetcher.Form>
  );
  return (
    <Panel title={`As ${label} told it`} end={sync} ruled>
      <div role="status" className={refusal ? 'mb-3' : undefined}>
        {refusal && (
          <Callout meaning="needs" title="The last sync failed.">
            {refusal}
          </Callout>
        )}
      </div>
      <Facts
        items={[
          { term: 'Id', value: <Copied text={campaign.networkCampaignId} label="Copy the id" /> },
          { term: 'Model, payout', value: payoutWords(campaign) ?? <Unknown /> },
          { term: 'Holding period', value: holdWords(campaign.holdingPeriodDays) ?? <Unknown />, wrap: true },
          { term: 'Currency', value: campaign.currency ?? <Unknown /> },
          { term: 'Budget', value: amountWords(campaign.budgetCents, campaign.currency) ?? <Unknown /> },
          { term: 'Spent', value: amountWords(campaign.spentCents, campaign.currency) ?? <Unknown /> },
          { term: 'Landing page', value: <Landing url={campaign.landingUrl} />, wrap: true },
          {
            term: 'Last told',
            value: campaign.syncedAt === null ? 'not fetched yet' : <Time at={campaign.syncedAt} as="ago" />,
          },
        ]}
      />
      {links.campaign && (
        <p className="note">
          What stands here is changed at the network:{' '}
          <TextLink to={links.campaign} external>
            its page at {label}
          </TextLink>
        </p>
      )}
    </Panel>
  );
}

/** A code or id in mono with a button that copies it, byte for byte. */
export function Copied({ text, label }: { text: string; label: string }) {
  return (
    <span className="row gap-1">
      <span className="mono trunc" title={text}>
        {text}
      </span>
      <CopyButton text={text} label={label} />
    </span>
  );
}

function Landing({ url }: { url: string | null }) {
  if (url === null) return <Unknown />;
  // an address from outside: only what a browser may be sent to becomes a link
  if (!/^https?:\/\//i.test(url)) return <span className="mono">{url}</span>;
  return (
    <TextLink to={url} external>
      {url}
    </TextLink>
  );
}
