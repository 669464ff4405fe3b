import type { CampaignView } from '#app/modules/campaigns/campaign-schema.ts';
import { Unknown } from '#app/routes/_console.campaigns/words.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { Copied } from './facts-panel.tsx';

const HOW: Record<string, string> = {
  shop: 'a test purchase on your own site',
  console: 'a test fired from this console',
};

/** Whether tracking is proven, how, and what that proof is worth (RG-45, RG-46). */
export function TrackingPanel({ campaign }: { campaign: CampaignView }) {
  const { testTrackingCode: code, trackingConfirmedAt: at, confirmedBy, networkLabel } = campaign;
  const wizard = `/campaigns/new?campaign=${campaign.id}`;
  return (
    <Panel
      title="Tracking"
      end={<TextLink to={wizard}>{at === null ? 'Prove it in five steps' : 'See the evidence'}</TextLink>}
      ruled
    >
      <Facts
        items={[
          {
            term: 'Test code',
            value: code === null ? <Unknown /> : <Copied text={code} label="Copy the test code" />,
          },
          { term: 'Confirmed', value: at === null ? 'not yet' : <Time at={at} />, proven: at !== null },
          ...(at === null
            ? []
            : [
                {
                  term: 'By',
                  value: HOW[confirmedBy ?? ''] ?? `${networkLabel} says so; the test was not seen here`,
                  wrap: true,
                },
              ]),
          {
            term: 'Activated here',
            value: campaign.activatedAt === null ? 'no' : <Time at={campaign.activatedAt} />,
          },
        ]}
      />
      {at !== null && confirmedBy === 'console' && (
        <div className="mt-3">
          <Callout
            meaning="needs"
            title="This proves less."
            link={<TextLink to={`${wizard}&step=2`}>Test the real path</TextLink>}
          >
            The key and the code work. Whether your site keeps the code until the purchase has not been seen.
          </Callout>
        </div>
      )}
      {campaign.holdingPeriodDays === 0 && (
        <div className="mt-3">
          <Callout meaning="needs" title="Nothing can be disputed.">
            With a holding period of zero days every payout is released at once: a refund later is a loss.
          </Callout>
        </div>
      )}
    </Panel>
  );
}
