import type { IssueFilter } from './issue-schema.ts';

/** Operators of the filters of issues, as the address and the API write them before a value. Client-safe. */
const OPERATORS = ['not', 'begins'] as const;
export type IssueOperator = 'is' | (typeof OPERATORS)[number];

/** A filter's values by operator. */
export type SplitValues = Record<IssueOperator, string[]>;

/** "not:NOT_FOUND" → not NOT_FOUND; "is:not:x" takes what follows word for word. */
export function splitOperators(values: readonly string[]): SplitValues {
  const out: SplitValues = { is: [], not: [], begins: [] };
  for (const value of values) {
    const operator = OPERATORS.find((one) => value.startsWith(`${one}:`));
    if (operator) out[operator].push(value.slice(operator.length + 1));
    else out.is.push(value.startsWith('is:') ? value.slice(3) : value);
  }
  return out;
}

/** A value with its operator, as `splitOperators` reads it. */
export function withOperator(operator: IssueOperator, value: string): string {
  if (operator !== 'is') return `${operator}:${value}`;
  return /^(is|not|begins):/.test(value) ? `is:${value}` : value;
}

/** A status of an answer, or "none" where none came. */
export const HTTP_STATUS = /^([1-5]\d\d|none)$/;

type Lists = Partial<Record<'network' | 'code' | 'campaign' | 'httpStatus', readonly string[] | undefined>>;

/** The part of a filter that lists with operators stand for; "begins" is for codes alone and is else taken as "is". */
export function filterOfLists(
  lists: Lists,
): Pick<IssueFilter, 'network' | 'code' | 'campaign' | 'httpStatus' | 'not' | 'codeBegins'> {
  const [network, code, campaign, httpStatus] = [
    lists.network,
    lists.code,
    lists.campaign,
    lists.httpStatus,
  ].map((values) => splitOperators(values ?? [])) as [SplitValues, SplitValues, SplitValues, SplitValues];
  const some = (name: string, values: readonly string[]) => (values.length > 0 ? { [name]: values } : {});
  const not = {
    ...some('network', network.not),
    ...some('code', code.not),
    ...some('campaign', campaign.not),
    ...some('httpStatus', httpStatus.not),
  };
  return {
    ...some('network', [...network.is, ...network.begins]),
    ...some('code', code.is),
    ...some('campaign', [...campaign.is, ...campaign.begins]),
    ...some('httpStatus', [...httpStatus.is, ...httpStatus.begins]),
    ...(Object.keys(not).length > 0 ? { not } : {}),
    ...some('codeBegins', code.begins),
  };
}
