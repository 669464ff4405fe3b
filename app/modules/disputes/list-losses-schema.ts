/** Sums of losses by month, cause and campaign, all from one reading. Pure; client-safe. Money is minor units. */

/** What was lost in one month, for one cause, in one currency, in one campaign. */
export interface LossCell {
  /** "2026-11" in the zone it was read for; null: before the months that are told apart. */
  month: string | null;
  cause: string;
  /** Null: the network never told the payout. */
  currency: string | null;
  /** The network's campaign id, null where it is unknown. */
  campaign: string | null;
  count: number;
  minor: number;
}

/** Which losses are asked for; what is left out narrows nothing. */
export interface LossChoice {
  cause?: string | undefined;
  currency?: string | undefined;
  campaign?: string | undefined;
  month?: string | undefined;
}

export interface LossMoney {
  currency: string;
  minor: number;
}

/** How many were lost and their money by currency, the dearest first; unknown payouts are counted, not summed. */
export interface LossTotal {
  count: number;
  sums: LossMoney[];
}

const NAMES = ['cause', 'currency', 'campaign', 'month'] as const;

/** The cells of a choice. `besides` is left open: the tabs of causes show every cause of what else was chosen. */
export const cellsOf = (
  cells: readonly LossCell[],
  choice: LossChoice,
  besides?: keyof LossChoice,
): LossCell[] =>
  cells.filter((cell) =>
    NAMES.every((name) => name === besides || choice[name] === undefined || cell[name] === choice[name]),
  );

/** Cells added up. */
export function totalOf(cells: readonly LossCell[]): LossTotal {
  const sums = new Map<string, number>();
  for (const { currency, minor } of cells)
    if (currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return {
    count: cells.reduce((sum, cell) => sum + cell.count, 0),
    sums: [...sums]
      .map(([currency, minor]) => ({ currency, minor }))
      .sort((a, b) => b.minor - a.minor || (a.currency < b.currency ? -1 : 1)),
  };
}

/** Cells added up by one of their names; those that have none come under null. In no order. */
export function totalsBy<Name extends keyof LossChoice>(
  cells: readonly LossCell[],
  name: Name,
): { key: LossCell[Name]; total: LossTotal }[] {
  const groups = new Map<LossCell[Name], LossCell[]>();
  for (const cell of cells) groups.set(cell[name], [...(groups.get(cell[name]) ?? []), cell]);
  return [...groups].map(([key, own]) => ({ key, total: totalOf(own) }));
}

/** A month of losses: "2026-11" in the zone asked for. */
export interface LossMonth extends LossTotal {
  key: string;
}

/** A campaign in which something was lost: the network's id, null where it is unknown, and its name. */
export interface LossCampaign extends LossTotal {
  campaign: string | null;
  name: string | null;
}
