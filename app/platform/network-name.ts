/**
 * An account as people call it: "Regatta" for the account that only repeats its network's name (`regatta`), its own
 * name where someone chose one. `label` is the network's.
 */
export const networkName = (account: string, label: string): string =>
  account === label.toLowerCase() ? label : account;
