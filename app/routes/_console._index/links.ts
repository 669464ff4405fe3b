import type { Cause } from '#app/modules/reports/schema.ts';

const query = (path: string, pairs: readonly (readonly [string, string])[]): string =>
  `${path}?${new URLSearchParams(pairs.map(([k, v]) => [k, v]))}`;
const STOPPED = ['failed', 'exhausted', 'parked'].map((status) => ['status', status] as const);

/** Where each number of the overview leads: the list, filtered to what was counted. */
export const links = {
  attention: query('/postbacks', STOPPED),
  cause: (cause: Cause): string =>
    query('/postbacks', [
      ...(cause.moving ? [] : STOPPED),
      ['status', 'retrying'],
      ...(cause.errorCode === null ? [] : [['cause', cause.errorCode] as const]),
      ['network', cause.account],
    ]),
  due: '/leads?view=due',
  today: '/postbacks?range=today',
  held: '/leads?view=held',
};
