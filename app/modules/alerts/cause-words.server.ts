import type { Explanation } from '#app/connectors/types.ts';
import type { IssueSignal } from '#app/modules/triage/index.server.ts';
import { networkName } from '#app/platform/network-name.ts';
import type { Pass } from './watch.ts';

/** Where something happens, as people call it. */
export interface Place {
  network: string;
  /** ", campaign Spring starter"; "" where no campaign is known. */
  campaign: string;
}

/** Names of an account and a campaign. */
export function placeOf(
  pass: Pass,
  at: { accountId: string; networkCampaignId: string | null },
): Promise<Place> {
  return pass.once(`place ${at.accountId} ${at.networkCampaignId}`, async () => {
    const account = await pass.deps.accounts.byId(at.accountId);
    const network = networkName(account.name, pass.deps.connectorOf(account).label);
    if (at.networkCampaignId === null) return { network, campaign: '' };
    const { accountId, networkCampaignId } = at;
    const campaign = await pass.ctx.store.prisma.campaign.findUnique({
      where: { accountId_networkCampaignId: { accountId, networkCampaignId } },
      select: { name: true },
    });
    return { network, campaign: `, campaign ${campaign?.name ?? networkCampaignId}` };
  });
}

/** The cause of an issue in plain words; a pause by hand explains itself. */
export async function explain(
  pass: Pass,
  issue: IssueSignal,
): Promise<Pick<Explanation, 'title' | 'whatToDo'>> {
  if (issue.errorCode === 'PAUSED')
    return { title: 'Paused by hand', whatToDo: 'Resume it when what it waits for is done.' };
  const account = await pass.deps.accounts.byId(issue.accountId);
  return pass.deps.connectorOf(account).explain(issue.errorCode, issue.sampleMessage ?? issue.message, {
    networkCampaignId: issue.networkCampaignId,
    httpStatus: issue.httpStatus,
  });
}
