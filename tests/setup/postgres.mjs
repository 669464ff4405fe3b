/**
 * A PostgreSQL server for tests and benchmarks: found on the system, or installed from Debian's packages where that
 * is possible (root and apt-get), started on a free port in a directory of its own, with fsync on.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOTS = ['/usr/lib/postgresql', '/usr/local/opt/postgresql/bin', '/opt/homebrew/opt/postgresql/bin'];

/** Directory that holds initdb and postgres, or null. */
export function findPostgres() {
  for (const root of ROOTS) {
    if (!existsSync(root)) continue;
    const dirs = readdirSync(root)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => path.join(root, version, 'bin'));
    const found = [root, ...dirs].find(
      (dir) => existsSync(path.join(dir, 'initdb')) && existsSync(path.join(dir, 'postgres')),
    );
    if (found) return found;
  }
  return null;
}

/** Installs PostgreSQL from Debian's packages where this machine allows it. Returns the directory or null. */
export function installPostgres() {
  if (process.getuid?.() !== 0 || spawnSync('sh', ['-c', 'command -v apt-get']).status !== 0) return null;
  console.log('PostgreSQL is not installed: installing it from the distribution packages');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env, timeout: 300_000 };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], options);
  return findPostgres();
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** The server refuses to run as root: then it runs as the unprivileged user `postgres` or `nobody`. */
function unprivileged() {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const id = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (id.status === 0) return { uid: Number(id.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('PostgreSQL cannot run as root and neither user postgres nor nobody exists');
}

/**
 * Starts a server. Resolves to `{ url, stop }`, or null where PostgreSQL is neither installed nor installable.
 * `url` names a database `leadline` that exists and is empty.
 */
export async function startPostgres() {
  const bin = findPostgres() ?? installPostgres();
  if (!bin) return null;
  const owner = unprivileged();
  const base = mkdtempSync(path.join(tmpdir(), 'leadline-pg-'));
  const data = path.join(base, 'data');
  mkdirSync(data);
  if (owner) for (const dir of [base, data]) chownSync(dir, owner.uid, owner.gid);
  const as = owner ? { uid: owner.uid, gid: owner.gid } : {};
  const run = (command, args) => {
    const result = spawnSync(path.join(bin, command), args, { ...as, cwd: base, encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`${command} failed: ${result.stderr || result.error}`);
  };
  run('initdb', ['-D', data, '-U', 'leadline', '-A', 'trust', '-E', 'UTF8', '--no-locale']);
  const port = await freePort();
  const settings = [
    '-p',
    String(port),
    '-k',
    base,
    '-h',
    '127.0.0.1',
    '-c',
    'fsync=on',
    '-c',
    'max_connections=120',
  ];
  const server = spawn(path.join(bin, 'postgres'), ['-D', data, ...settings], {
    ...as,
    cwd: base,
    stdio: 'ignore',
  });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const ready = () =>
    spawnSync(
      path.join(bin, 'psql'),
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'leadline', '-d', 'postgres', '-c', 'select 1'],
      as,
    ).status === 0;
  for (let i = 0; i < 100 && !ready(); i++) {
    if (server.exitCode !== null) throw new Error('PostgreSQL stopped while starting');
    await sleep(100);
  }
  run('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', 'leadline', 'leadline']);
  return {
    url: `postgresql://leadline@127.0.0.1:${port}/leadline`,
    /** Sends `signal` to the server, for tests in which the store goes away. */
    kill: (signal) => server.kill(signal),
    async stop() {
      server.kill('SIGINT');
      await exited;
      rmSync(base, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] && import.meta.url.endsWith(path.basename(process.argv[1]))) {
  const server = await startPostgres();
  if (!server) throw new Error('PostgreSQL is neither installed nor installable here');
  console.log(server.url);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => server.stop().then(() => process.exit(0)));
}
