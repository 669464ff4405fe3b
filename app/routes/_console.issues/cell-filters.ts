import { withOperator } from '#app/modules/triage/issue-filter-schema.ts';
import type { IssueItem } from '#app/modules/triage/issue-schema.ts';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { CellFilter } from '#app/ui/filter-cell.tsx';
import { hrefWith, NOBODY } from './filters.ts';

type Narrowing = { field: string; value: string; name: string; copy?: string };

/**
 * What an issue can narrow the list to, by column; the other filters stay. The list and the table offer the same.
 * `query` is the address that the filters are added to.
 */
export function issueCellFilters(query: URLSearchParams, column: string, issue: IssueItem): CellFilter[] {
  const either = ({ field, value, name, copy }: Narrowing, raw: string): CellFilter[] => [
    {
      field,
      value,
      ...(copy === undefined ? {} : { copy }),
      isTo: hrefWith(query, { [name]: withOperator('is', raw), open: null }),
      notTo: hrefWith(query, { [name]: [...others(query, name), withOperator('not', raw)], open: null }),
    },
  ];
  const { network, connector, networkCampaignId: campaign, campaignName, errorCode, httpStatus } = issue;
  switch (column) {
    case 'network':
      return either(
        { field: 'Network', value: networkName(network, connector), name: 'network', copy: network },
        network,
      );
    case 'campaign':
      return campaign === null
        ? []
        : either(
            { field: 'Campaign', value: campaignName ?? campaign, name: 'campaign', copy: campaign },
            campaign,
          );
    case 'code':
      return either({ field: 'Code', value: errorCode, name: 'code' }, errorCode);
    case 'httpStatus': {
      const status = httpStatus === null ? 'none' : String(httpStatus);
      return either({ field: 'HTTP status', value: status, name: 'httpStatus' }, status);
    }
    case 'seen':
      return [
        {
          field: 'Seen at least',
          value: formatCount(issue.seen),
          copy: String(issue.seen),
          isTo: hrefWith(query, { seenMin: String(issue.seen), open: null }),
        },
      ];
    case 'assignee':
      return [
        {
          field: 'Assignee',
          value: issue.assignee?.name ?? 'nobody',
          isTo: hrefWith(query, { assignee: issue.assignee?.id ?? NOBODY, open: null }),
        },
      ];
    default:
      return [];
  }
}

/** What the address leaves out already: one more is added to it. */
const others = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).filter((value) => value.startsWith('not:'));

/** Columns whose cells narrow the list. */
export const NARROWING_COLUMNS = ['network', 'campaign', 'code', 'httpStatus', 'seen', 'assignee'] as const;

/** All that a row can narrow the list to, for the key F. */
export const issueFilters = (query: URLSearchParams, issue: IssueItem): CellFilter[] =>
  NARROWING_COLUMNS.flatMap((column) => issueCellFilters(query, column, issue));
