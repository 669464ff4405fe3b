import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '#app/platform/env.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { stagedSecret } from './admin-rotate-secret.ts';

/** What a check found; `todo` says what to do about it. */
export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  name: string;
  text: string;
  todo?: string;
}

export const ok = (name: string, text: string): Finding => ({ level: 'ok', name, text });
export const warn = (name: string, text: string, todo: string): Finding => ({
  level: 'warn',
  name,
  text,
  todo,
});
export const fail = (name: string, text: string, todo: string): Finding => ({
  level: 'fail',
  name,
  text,
  todo,
});

const GB = 1e9;

/** Node 22.12 is the oldest that runs Leadline; 24 is what it is tested on. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return ok('Node', version);
  return fail('Node', `${version} is too old`, 'Use Node 24 (22.12 at the least).');
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export function checkPublicUrl({ publicUrl }: Pick<Config, 'publicUrl'>): Finding {
  const url = new URL(publicUrl);
  if (url.protocol === 'https:' || LOOPBACK.test(url.hostname)) return ok('Address', publicUrl);
  return warn(
    'Address',
    `${publicUrl} is not encrypted: passwords and API keys can be read on the way`,
    'Put Leadline behind HTTPS and set LEADLINE_URL to its https address.',
  );
}

/** Directory, and the secret in it where it is not in the environment. */
export function checkDataDir(config: Pick<Config, 'DATA_DIR' | 'LEADLINE_SECRET' | 'dialect'>): Finding {
  const dir = path.resolve(config.DATA_DIR);
  if (config.dialect === 'postgres' && config.LEADLINE_SECRET) return ok('Data directory', 'not needed');
  try {
    accessSync(dir, constants.W_OK);
  } catch (error) {
    return fail(
      'Data directory',
      `${dir} cannot be written (${messageOf(error)})`,
      'Give the process a directory it owns and name it in DATA_DIR.',
    );
  }
  if (config.LEADLINE_SECRET)
    return ok('Data directory', `${dir} can be written; the secret comes from LEADLINE_SECRET`);
  if (existsSync(stagedSecret(dir))) {
    return fail(
      'Data directory',
      'a change of the secret was interrupted',
      'Run "npm run admin -- rotate-secret" again: it finishes what was begun.',
    );
  }
  const secret = path.join(dir, 'secret');
  const mode = statSync(secret).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    return warn(
      'Data directory',
      `${secret} can be read by others (mode ${mode.toString(8)})`,
      `chmod 600 ${secret}`,
    );
  }
  return ok('Data directory', `${dir} can be written; the secret in it is private`);
}

/** Free space where the embedded store lies. */
export function checkDisk(config: Pick<Config, 'DATA_DIR' | 'databaseUrl' | 'dialect'>): Finding {
  if (config.dialect === 'postgres')
    return ok('Disk', 'the store is on the PostgreSQL server: look after its disk there');
  const dir = path.dirname(path.resolve(config.databaseUrl.slice('file:'.length)));
  const { bavail, bsize } = statfsSync(existsSync(dir) ? dir : config.DATA_DIR);
  return judgeDisk(bavail * bsize);
}

/** `free` in bytes. */
export function judgeDisk(free: number): Finding {
  const text = `${(free / GB).toFixed(1)} GB free`;
  const todo = 'Make room: when the disk is full nothing can be taken in any more.';
  if (free < 0.2 * GB) return fail('Disk', text, todo);
  return free < 2 * GB ? warn('Disk', text, todo) : ok('Disk', text);
}
