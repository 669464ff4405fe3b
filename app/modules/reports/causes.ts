import type { Connector } from '#app/connectors/types.ts';
import { networkName } from '#app/platform/network-name.ts';
import { addUp } from './policy.ts';
import type { Cause } from './schema.ts';

/** Failing postbacks that are equal in all that matters here. */
export interface FailingRow {
  accountId: string;
  errorCode: string | null;
  errorMessage: string | null;
  httpStatus: number | null;
  networkCampaignId: string | null;
  /** What each of them would pay, integer minor units; null where it cannot be known. */
  expectedCents: number | null;
  expectedCurrency: string | null;
  count: number;
  /** When the oldest of them was made, ms since 1970. */
  since: number;
  /** Still retrying by itself. */
  moving: boolean;
}

/** What is known besides the rows: accounts by id, names of campaigns by "account campaign". */
export interface CauseGroup {
  accounts: ReadonlyMap<string, { name: string; connector: Pick<Connector, 'label' | 'explain'> }>;
  campaigns: ReadonlyMap<string, string | null>;
}

type Draft = Omit<Cause, 'unpaid' | 'since' | 'campaigns'> & {
  since: number;
  campaigns: Set<string>;
  money: { currency: string; minor: number; count: number }[];
};

/**
 * Gathers failing postbacks by what they have in common for the person who fixes it: account, code and the
 * explanation's title. Most unpaid money first (by its largest currency), then most postbacks; what retries by itself
 * stands last.
 */
export function gatherCauses(rows: readonly FailingRow[], known: CauseGroup): Cause[] {
  const drafts = new Map<string, Draft>();
  for (const row of rows) addRow(drafts, row, known);
  const causes = [...drafts.values()].map(({ money, campaigns, since, ...cause }) => ({
    ...cause,
    since: new Date(since).toISOString(),
    campaigns: [...campaigns].sort(),
    unpaid: addUp(money).map(({ currency, minor }) => ({ currency, minor })),
  }));
  const most = (cause: Cause) => Math.max(0, ...cause.unpaid.map((sum) => sum.minor));
  return causes.sort(
    (a, b) =>
      Number(a.moving) - Number(b.moving) ||
      most(b) - most(a) ||
      b.count - a.count ||
      (a.key < b.key ? -1 : 1),
  );
}

function addRow(drafts: Map<string, Draft>, row: FailingRow, { accounts, campaigns }: CauseGroup): void {
  const account = accounts.get(row.accountId);
  const campaignId = row.networkCampaignId;
  const { short, title } = wordsOf(row, account?.connector, campaignId);
  const key = `${row.accountId} ${row.errorCode} ${title}`;
  const draft = drafts.get(key) ?? {
    key,
    issueId: null,
    parked: 0,
    account: account?.name ?? row.accountId,
    network: account ? networkName(account.name, account.connector.label) : row.accountId,
    errorCode: row.errorCode,
    short,
    title,
    count: 0,
    moving: true,
    since: row.since,
    campaigns: new Set<string>(),
    money: [],
    unknown: 0,
  };
  drafts.set(key, draft);
  draft.count += row.count;
  draft.moving &&= row.moving;
  draft.since = Math.min(draft.since, row.since);
  const name = campaigns.get(`${row.accountId} ${campaignId}`);
  if (campaignId !== null && name !== undefined) draft.campaigns.add(name ?? campaignId);
  const { expectedCents: each, expectedCurrency: currency } = row;
  if (each === null || currency === null) draft.unknown += row.count;
  else draft.money.push({ currency, minor: each * row.count, count: row.count });
}

function wordsOf(
  row: FailingRow,
  connector: Pick<Connector, 'explain'> | undefined,
  networkCampaignId: string | null,
): { short: string; title: string } {
  if (row.errorCode === null || !connector) {
    const title = row.errorMessage ?? row.errorCode ?? 'Held back before the first attempt';
    return { short: title, title };
  }
  const context = { networkCampaignId, httpStatus: row.httpStatus, call: 'postback' } as const;
  const { short, title } = connector.explain(row.errorCode, row.errorMessage, context);
  return { short: short.charAt(0).toUpperCase() + short.slice(1), title };
}
