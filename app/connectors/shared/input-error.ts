/**
 * A request that must not be written: a value the connector cannot send, or a credential that is missing. It is
 * thrown before anything leaves, so nothing was sent. The message never contains a credential.
 */
export class ConnectorInputError extends Error {
  override readonly name = 'ConnectorInputError';
  /** Stable, and explained by every connector that uses `explainTransport`. */
  readonly code = 'CANNOT_BUILD';
  /** The field at fault, e.g. `eventType`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
