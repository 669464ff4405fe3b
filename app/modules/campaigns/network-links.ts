import type { Connector } from '#app/connectors/types.ts';

/** Where a person puts right what no API call can: the network's own pages (RG-51). */
export interface NetworkLinks {
  campaign: string | null;
  settings: { label: string; url: string } | null;
}

/**
 * The network's own pages of a campaign. Where the account talks to another address than the network's (the practice
 * network), the pages are taken from there: a practice campaign has no page at the real one.
 */
export function networkLinks(connector: Connector, baseUrl: string, networkCampaignId: string): NetworkLinks {
  const keys = connector.explain('AUTH_INVALID_KEY', null, { networkCampaignId: null, httpStatus: 401 }).link;
  const here = (url: string): string => {
    const [real, own] = [new URL(connector.defaultBaseUrl).origin, new URL(baseUrl).origin];
    return url.startsWith(`${real}/`) ? own + url.slice(real.length) : url;
  };
  const campaign = connector.campaigns?.pageUrl(networkCampaignId) ?? null;
  return {
    campaign: campaign === null ? null : here(campaign),
    settings: keys === null ? null : { label: keys.label, url: here(keys.url) },
  };
}
