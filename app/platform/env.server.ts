import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Env, parseEnv } from './env-schema.ts';
import { messageOf } from './errors.ts';

/** What the process runs with: the parsed environment and what follows from it. */
export interface Config extends Env {
  databaseUrl: string;
  dialect: 'sqlite' | 'postgres';
  publicUrl: string;
  secret: string;
}

function writableDirectory(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
    const probe = path.join(dir, '.write-test');
    writeFileSync(probe, '');
  } catch (cause) {
    throw new Error(
      `Leadline cannot start: DATA_DIR=${dir} cannot be written (${messageOf(cause)}). Give the process a directory it owns, e.g. DATA_DIR=/var/lib/leadline`,
      { cause },
    );
  }
}

/** The secret from the environment, or one generated once into DATA_DIR with mode 0600. */
function installationSecret(env: Env, remote: boolean): string {
  if (env.LEADLINE_SECRET) return env.LEADLINE_SECRET;
  if (remote) {
    throw new Error(
      'Leadline cannot start: LEADLINE_SECRET is required when DATABASE_URL is remote, so that every machine has the same one, e.g. the output of: openssl rand -base64 48',
    );
  }
  const file = path.join(env.DATA_DIR, 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString('base64'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

const LOCAL = new Set(['localhost', '127.0.0.1', '::1', '[::1]', '']);

/**
 * Parses the environment once. Throws with a message for people when a variable is wrong or DATA_DIR cannot be
 * written. This is the only place that reads `process.env`.
 */
export function loadConfig(source: Record<string, string | undefined> = process.env): Config {
  const env = parseEnv(source);
  // React picks its build by this when it is loaded, which is after this
  source.NODE_ENV ||= env.NODE_ENV;
  const postgres = /^postgres/.test(env.DATABASE_URL ?? '');
  const remote = postgres && !LOCAL.has(new URL(env.DATABASE_URL ?? 'postgres://').hostname);
  if (!postgres || !env.LEADLINE_SECRET) writableDirectory(env.DATA_DIR);
  const databaseUrl = env.DATABASE_URL ?? `file:${path.resolve(env.DATA_DIR, 'leadline.db')}`;
  const secret = installationSecret(env, remote);
  const publicUrl =
    env.LEADLINE_URL ?? `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${env.PORT}`;
  return { ...env, databaseUrl, dialect: postgres ? 'postgres' : 'sqlite', publicUrl, secret };
}

/** What `npm run demo` takes from the environment: where to keep its data, its port, and what a child process needs. */
export function demoEnvironment(source: Record<string, string | undefined> = process.env): {
  dataRoot: string;
  port: number;
  base: Record<string, string>;
} {
  const { PATH = '', HOME = '', DATA_DIR, PORT } = source;
  const env = parseEnv({ DATA_DIR, PORT });
  return { dataRoot: env.DATA_DIR, port: env.PORT, base: { PATH, HOME } };
}
