import type { Cause } from '#app/modules/reports/schema.ts';

const query = (path: string, pairs: readonly (readonly [string, string])[]): string =>
  `${path}?${new URLSearchParams(pairs.map(([k, v]) => [k, v]))}`;

/** Where each number of the overview leads: the list, filtered to what was counted. */
export const links = {
  attention: '/issues',
  parked: query('/postbacks', [['status', 'parked']]),
  cause: (cause: Cause): string =>
    cause.issueId === null
      ? query('/postbacks', [
          ['status', 'retrying'],
          ...(cause.errorCode === null ? [] : [['cause', cause.errorCode] as const]),
          ['network', cause.account],
        ])
      : query('/issues', [['open', cause.issueId]]),
  due: '/leads?view=due',
  today: '/postbacks?range=today',
  held: '/leads?view=held',
};
