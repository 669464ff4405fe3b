import { encodeTime } from 'ulid';

/** The least id a thing made at `ms` (since 1970) or later can have: ids begin with their time. */
export const firstIdAt = (prefix: string, ms: number): string =>
  `${prefix}_${encodeTime(Math.max(0, Math.trunc(ms)))}${'0'.repeat(16)}`;
