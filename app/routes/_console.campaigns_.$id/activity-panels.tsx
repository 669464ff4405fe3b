import type { CampaignView } from '#app/modules/campaigns/campaign-schema.ts';
import type { CampaignFigures, NetworkLinks } from '#app/modules/campaigns/index.server.ts';
import type { CampaignActivity } from '#app/modules/onboarding/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { pendingWords } from '#app/routes/_console.campaigns/columns.tsx';
import { amountWords, Unknown } from '#app/routes/_console.campaigns/words.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextLink } from '#app/ui/text-link.tsx';

/** What came of a campaign, and the money it draws on. */
export function ActivityPanels({
  campaign,
  figures,
  activity,
  links,
}: {
  campaign: CampaignView;
  figures: CampaignFigures | null;
  activity: CampaignActivity;
  links: NetworkLinks;
}) {
  const query = `campaign=${encodeURIComponent(campaign.networkCampaignId)}`;
  const postbacks = activity.postbacks.map((one) => `${formatCount(one.count)} ${one.status}`).join(', ');
  return (
    <>
      <Panel title="What came of it" ruled>
        <Facts
          items={[
            {
              term: 'Leads',
              value: (
                <TextLink to={`/leads?${query}`}>
                  {figures ? formatCount(figures.leads, figures.leadsCapped) : 'See leads'}
                </TextLink>
              ),
            },
            { term: 'Payouts still held', value: pendingWords(figures) ?? 'none' },
            {
              term: 'Postbacks',
              value: <TextLink to={`/postbacks?${query}`}>{postbacks || 'none seen'}</TextLink>,
              wrap: true,
            },
          ]}
        />
        <p className="note">
          Postbacks among the newest {formatCount(activity.lookedThrough)} of this account. One that was
          refused names no campaign and is not counted.
        </p>
      </Panel>
      <Panel title="Money it draws on" ruled>
        <RanOut activity={activity} links={links} label={campaign.networkLabel} />
        <Facts
          items={[
            { term: 'Budget', value: amountWords(campaign.budgetCents, campaign.currency) ?? <Unknown /> },
            {
              term: 'Wallet',
              value: (
                <span className="c3">unknown: {campaign.networkLabel} does not tell it to an API key</span>
              ),
              wrap: true,
            },
          ]}
        />
        <p className="note">
          Each conversion draws on the wallet, up to the budget of the campaign. When the budget is used up,
          raise the budget: a full wallet does not help. When the wallet is empty, top up the wallet.{' '}
          {links.campaign && (
            <TextLink to={links.campaign} external>
              Budget
            </TextLink>
          )}{' '}
          {links.settings && (
            <TextLink to={links.settings.url} external>
              Settings
            </TextLink>
          )}
        </p>
      </Panel>
    </>
  );
}

/** Which of the two ran out, where postbacks wait for it (RG-50). */
function RanOut({
  activity,
  links,
  label,
}: {
  activity: CampaignActivity;
  links: NetworkLinks;
  label: string;
}) {
  const { budget, wallet } = activity.ranOut;
  const waiting = (n: number) =>
    `${formatCount(n, n >= 1_000)} ${n === 1 ? 'postback' : 'postbacks'} of this account`;
  return (
    <>
      {budget > 0 && (
        <Callout
          meaning="needs"
          title="A budget is used up."
          link={
            links.campaign ? (
              <TextLink to={links.campaign} external>
                Its page at {label}
              </TextLink>
            ) : (
              <TextLink to="/postbacks?status=failed">Failed postbacks</TextLink>
            )
          }
        >
          {waiting(budget)} wait for it. Raise the budget of the campaign; topping up the wallet is not
          enough.
        </Callout>
      )}
      {wallet > 0 && (
        <Callout
          meaning="needs"
          title="The wallet is empty."
          link={<TextLink to="/postbacks?status=failed">Failed postbacks</TextLink>}
        >
          {waiting(wallet)} wait for it. Top up the wallet at {label}, then retry them.
        </Callout>
      )}
    </>
  );
}
