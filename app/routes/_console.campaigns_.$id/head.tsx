import { useFetcher } from '@remix-run/react';
import { FlaskConical, List, Play } from 'lucide-react';
import { useEffect } from 'react';
import { type CampaignView, campaignName, isActive } from '#app/modules/campaigns/campaign-schema.ts';
import { CampaignStatus, TrackingStatus } from '#app/routes/_console.campaigns/words.tsx';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { DetailHead } from '#app/ui/drawer.tsx';
import { notify } from '#app/ui/toast.tsx';
import { PauseButton } from '../_console.issues/pause-button.tsx';
import type { action } from './route.tsx';

/** Name, state, and the one right next step: prove tracking, then activate. */
export function Head({
  campaign,
  mayManage,
  mayPause,
  activates,
}: {
  campaign: CampaignView;
  mayManage: boolean;
  mayPause: boolean;
  activates: boolean;
}) {
  const fetcher = useFetcher<typeof action>({ key: `activate-${campaign.id}` });
  const { data: answer } = fetcher;
  const name = campaignName(campaign);
  useEffect(() => {
    if (answer && answer.error === null)
      notify({
        meaning: 'good',
        title: `${name} is active`,
        detail: 'Conversions of real visitors are paid from now on.',
      });
  }, [answer, name]);
  const next =
    campaign.trackingConfirmedAt === null ? (
      <Confirm campaign={campaign} />
    ) : (
      activates &&
      !isActive(campaign) && (
        <fetcher.Form method="post">
          <input type="hidden" name="intent" value="activate" />
          <Button
            type="submit"
            variant="primary"
            icon={Play}
            working={fetcher.state !== 'idle' && 'Activating'}
          >
            Activate
          </Button>
        </fetcher.Form>
      )
    );
  return (
    <header>
      <div className="dtop">
        <ButtonLink variant="quiet" small icon={List} to="/campaigns">
          All campaigns
        </ButtonLink>
        {mayPause && (
          <span className="end">
            <PauseButton
              subject={{
                accountId: campaign.accountId,
                networkCampaignId: campaign.networkCampaignId,
                name,
              }}
            />
          </span>
        )}
      </div>
      <DetailHead
        level={1}
        title={name}
        action={mayManage && next}
        meta={
          <>
            <CampaignStatus campaign={campaign} />
            <TrackingStatus campaign={campaign} />
            <span className="c3">
              {campaign.network === campaign.networkLabel.toLowerCase()
                ? campaign.networkLabel
                : `${campaign.networkLabel}, account ${campaign.network}`}
            </span>
          </>
        }
      />
      <div role="alert">
        {answer?.error && (
          <Callout meaning="needs" title="Not activated.">
            {answer.error.message}
          </Callout>
        )}
      </div>
    </header>
  );
}

function Confirm({ campaign }: { campaign: CampaignView }) {
  return (
    <ButtonLink variant="primary" icon={FlaskConical} to={`/campaigns/new?campaign=${campaign.id}`}>
      Confirm tracking
    </ButtonLink>
  );
}
