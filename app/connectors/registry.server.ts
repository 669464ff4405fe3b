import { regatta } from './regatta/index.ts';
import type { Connector } from './types.ts';

const CONNECTORS: ReadonlyMap<string, Connector> = new Map(
  [regatta].map((connector) => [connector.id, connector]),
);

/** The connector with this id. Throws for an unknown id: an account that names one cannot have been made here. */
export function connectorById(id: string): Connector {
  const connector = CONNECTORS.get(id);
  if (connector !== undefined) return connector;
  const known = [...CONNECTORS.keys()].join(', ');
  throw new Error(
    `There is no connector ${JSON.stringify(id)}. The connectors of this version are: ${known}.`,
  );
}

/** Every connector, in the order in which they are offered. */
export function allConnectors(): Connector[] {
  return [...CONNECTORS.values()];
}
