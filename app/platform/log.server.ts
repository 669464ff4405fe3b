import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Fields that may carry a credential or a person's data; they are cut out of every log line. */
const REDACT = ['authorization', 'password', 'apiKey', 'key', 'credentials', 'secret', 'cookie', 'token'];

/** JSON logs on standard output, secrets redacted at the top level and one level down. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const paths = REDACT.flatMap((name) => [name, `*.${name}`, `headers.${name}`]);
  const options = { level, base: null, redact: { paths, censor: '[redacted]' } };
  return destination ? pino(options, destination) : pino(options);
}
