import type { Connector, NetworkCampaign, Reading } from '#app/connectors/types.ts';
import { AppError } from '#app/platform/errors.ts';
import type { HttpClient } from '#app/platform/http/client.server.ts';
import type { AccountBook, OpenAccount } from './accounts.server.ts';

/** What the campaign verbs need besides the context; given by the composition root. */
export interface CampaignDeps {
  http: HttpClient;
  accounts: AccountBook;
  connectorOf(account: OpenAccount): Connector;
}

export type CampaignCalls = NonNullable<Connector['campaigns']>;

/** The account's connector and its campaign calls. Throws CONFLICT when the network has none. */
export async function campaignCalls(
  deps: CampaignDeps,
  accountId: string,
): Promise<{ account: OpenAccount; connector: Connector; calls: CampaignCalls }> {
  const account = await deps.accounts.byId(accountId);
  const connector = deps.connectorOf(account);
  if (!connector.campaigns)
    throw new AppError(
      'CONFLICT',
      `${connector.label} has no campaign calls: nothing can be fetched from it.`,
    );
  return { account, connector, calls: connector.campaigns };
}

/** Turns a refusal into an error that says it in the network's own words, then in ours. */
export function refusal(
  connector: Connector,
  reading: Reading,
  call: 'campaign' | 'activate',
  networkCampaignId: string,
  httpStatus: number | null,
): AppError {
  const code = reading.errorCode ?? 'UNEXPECTED_STATUS';
  const explained = connector.explain(code, reading.errorMessage, { networkCampaignId, httpStatus, call });
  const words = reading.errorMessage ? `${connector.label} says: "${reading.errorMessage}" (${code}). ` : '';
  const temporary = reading.outcome === 'retryable';
  return new AppError(
    temporary ? 'UNAVAILABLE' : 'CONFLICT',
    `${words}${explained.meaning} ${explained.whatToDo}`.trim(),
  );
}

/** Asks the network for one campaign. Throws what `refusal` makes of anything but a campaign. */
export async function fetchCampaign(
  deps: CampaignDeps,
  accountId: string,
  networkCampaignId: string,
): Promise<{ campaign: NetworkCampaign; raw: string }> {
  const { account, connector, calls } = await campaignCalls(deps, accountId);
  const result = await deps.http.send(calls.buildFetch(networkCampaignId, account));
  const reading = calls.readFetch(result);
  if (!reading.campaign)
    throw refusal(
      connector,
      reading,
      'campaign',
      networkCampaignId,
      result.kind === 'response' ? result.status : null,
    );
  return {
    campaign: reading.campaign,
    raw: result.kind === 'response' ? new TextDecoder().decode(result.body) : '',
  };
}
