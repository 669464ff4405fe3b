import type { Connector, Explanation } from '#app/connectors/types.ts';

/** Explains a message's last answer by its connector, or null where nothing is wrong (accepted, not tried yet). */
export function explainMessage(
  connector: Connector,
  message: {
    kind: string;
    errorCode: string | null;
    errorMessage: string | null;
    httpStatus: number | null;
    networkCampaignId: string | null;
  },
): Explanation | null {
  if (message.errorCode === null) return null;
  return connector.explain(message.errorCode, message.errorMessage, {
    networkCampaignId: message.networkCampaignId,
    httpStatus: message.httpStatus,
    call: message.kind === 'dispute' ? 'dispute' : 'postback',
  });
}
