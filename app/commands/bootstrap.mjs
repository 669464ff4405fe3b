/**
 * Runs a Leadline command from a clean checkout: installs what is missing, generates the store's clients, builds
 * where the command needs it, then goes on under the Node that the project pins. Plain JavaScript without
 * dependencies, so that an old Node (from 20 on) can run it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const bin = path.join(root, 'node_modules', '.bin');
const env = {
  ...process.env,
  PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
  // the WebAssembly engine: nothing is downloaded, neither by the install nor by "prisma generate"
  PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, 'prisma', 'schema-engine.mjs'),
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
};

const COMMANDS = {
  demo: { build: true, script: 'app/commands/demo.ts' },
  start: { build: true, script: 'build/server/index.js' },
  admin: { build: false, script: 'app/commands/admin.ts' },
  check: { build: false, script: 'tests/check.mjs' },
  test: { build: true, script: 'tests/run.mjs' },
  bench: { build: false, script: 'tests/bench/run.ts' },
  soak: { build: false, script: 'tests/model/soak.ts' },
  build: { build: true, script: null },
  generate: { build: false, script: null },
};

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`\n${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ` (exit ${status})`}`);
  process.exit(1);
}

function* files(place) {
  const full = path.join(root, place);
  if (!existsSync(full)) return;
  if (!statSync(full).isDirectory()) return yield place;
  for (const entry of readdirSync(full, { withFileTypes: true })) {
    if (entry.name === 'generated' || entry.name.startsWith('.')) continue;
    yield* files(path.join(place, entry.name));
  }
}

/** Hash over names and contents: times lie after a checkout. */
function fingerprint(places) {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of [...files(place)].sort())
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(path.join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

/** Runs `make` unless what it makes is there and was made from the same inputs. */
function unlessFresh(stamp, inputs, make) {
  const file = path.join(root, stamp);
  const now = fingerprint(inputs);
  if (existsSync(file) && readFileSync(file, 'utf8') === now) return;
  make();
  writeFileSync(file, now);
}

function prepare(command) {
  unlessFresh('node_modules/.leadline', ['package-lock.json'], () => {
    console.error('Installing packages (about a minute the first time)');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  });
  unlessFresh('app/generated/.leadline', ['prisma', 'package-lock.json'], () => {
    for (const dialect of ['sqlite', 'postgres']) {
      env.PRISMA_DIALECT = dialect;
      run('prisma', ['generate', '--no-hints']);
    }
  });
  if (!command.build) return;
  const sources = [
    'app',
    'public',
    'prisma/models',
    'package-lock.json',
    'remix.config.js',
    'vite.config.ts',
    'tailwind.config.ts',
  ];
  unlessFresh('build/.leadline', sources, () => {
    console.error('Building (some seconds)');
    run('remix', ['vite:build', '--logLevel', 'warn']);
  });
}

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) {
  console.error(`Usage: node app/commands/bootstrap.mjs ${Object.keys(COMMANDS).join(' | ')}`);
  process.exit(2);
}
prepare(command);
if (command.script) {
  const node = path.join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
  // production may leave the pinned Node out and bring its own
  const program = existsSync(node) ? node : process.execPath;
  const child = spawn(program, [command.script, ...args], { cwd: root, env, stdio: 'inherit' });
  // all of them are passed on: a terminal's Ctrl-C reaches the child by itself as well, a supervisor's does not
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
