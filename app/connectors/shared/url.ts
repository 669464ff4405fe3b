import { ConnectorInputError } from './input-error.ts';

/** Joins a base URL (with or without trailing slashes) and an already encoded path such as `/postback`. */
export function joinUrl(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/+$/, '')}${path}`;
}

/**
 * Encodes an id that a network gave us as one path segment. Throws ConnectorInputError for an empty id, one that
 * cannot be encoded, and for `.` and `..`, which would climb to another call with the key attached.
 */
export function pathSegment(field: string, id: string): string {
  if (id === '' || id === '.' || id === '..' || !id.isWellFormed()) {
    throw new ConnectorInputError(field, `${field} ${JSON.stringify(id)} cannot be part of an address.`);
  }
  return encodeURIComponent(id);
}
