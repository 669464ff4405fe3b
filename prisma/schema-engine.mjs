#!/usr/bin/env node
/**
 * Stands in for Prisma's native schema-engine binary: the same JSON-RPC over standard input and output, answered
 * by the official WebAssembly build of the same commit over the app's own driver adapters. It is what makes
 * `prisma generate` and `prisma migrate diff` work where Prisma's binary host cannot be reached.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const argv = process.argv.slice(2);
const datamodels = [];
let datasource = {};
let sub = null;
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === '--datamodels' || argv[i] === '-d') datamodels.push(argv[++i]);
  else if (argv[i] === '--datasource') datasource = JSON.parse(argv[++i]);
  else if (argv[i] === '--enabled-preview-features' || argv[i] === '--extension-types') i++;
  else if (argv[i] === 'cli') sub = argv[++i];
  else if (argv[i] === '--version') sub = 'version';
}
const files = datamodels.map((p) => [p, readFileSync(p, 'utf8')]);
const provider = /datasource[\s\S]*?provider\s*=\s*"(\w+)"/.exec(files.map((f) => f[1]).join('\n'))?.[1];

const existing = (url) => url?.startsWith('file:') && existsSync(url.slice(5));

async function loadEngine() {
  const js = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const glue = await import(js);
  const wasm = readFileSync(js.replace(/_bg\.js$/, '_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

/** A connection for comparisons. A schema-to-schema diff needs none that holds data. */
async function adapterFactory() {
  if (provider === 'postgresql') {
    const { PrismaPg } = await import('@prisma/adapter-pg');
    return new PrismaPg({ connectionString: datasource.url });
  }
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
  const factory = new PrismaBetterSqlite3({ url: existing(datasource.url) ? datasource.url : ':memory:' });
  const wrap = (adapter) => {
    const executeRaw = adapter.executeRaw.bind(adapter);
    // better-sqlite3 prepares one statement at a time; the engine replays whole scripts
    adapter.executeRaw = async (query) => {
      if (query.args.length) return executeRaw(query);
      await adapter.executeScript(query.sql);
      return 0;
    };
    return adapter;
  };
  const connect = factory.connect.bind(factory);
  const shadow = factory.connectToShadowDb.bind(factory);
  factory.connect = async () => wrap(await connect());
  factory.connectToShadowDb = async () => wrap(await shadow());
  return factory;
}

if (sub === 'version') {
  console.log(`schema-engine-wasm ${(await loadEngine()).version()}`);
  process.exit(0);
}
if (sub === 'can-connect-to-database') {
  const file = datasource.url?.startsWith('file:') ? datasource.url.slice(5) : null;
  if (file && !existsSync(file)) {
    process.stderr.write(
      `${JSON.stringify({ level: 'ERROR', fields: { error_code: 'P1003', is_panic: false, message: `Database ${path.basename(file)} does not exist` } })}\n`,
    );
    process.exit(1);
  }
  process.exit(0);
}

let engine;
const open = async () => {
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const wasm = await loadEngine();
  const factory = bindMigrationAwareSqlAdapterFactory(await adapterFactory());
  return wasm.SchemaEngine.new({ datamodels: files.length ? files : undefined }, () => {}, factory);
};
const rename = { getDatabaseVersion: 'version' };
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const pending = new Set();
let printId = 1;

async function answer({ id, method, params }) {
  try {
    engine ??= open();
    const schemaEngine = await engine;
    let result = await schemaEngine[rename[method] ?? method](params ?? {});
    if (method === 'diff' && result.stdout != null) {
      send({ method: 'print', id: printId++, params: { content: result.stdout } });
      result = { ...result, stdout: null };
    }
    send({ id, result: result ?? {} });
  } catch (error) {
    const message = error?.message ?? String(error);
    const data = { is_panic: false, message, meta: null, error_code: error?.code ?? null };
    send({
      id,
      error: { code: 4466, message: 'An error happened. Check the data field for details.', data },
    });
  }
}

const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
lines.on('line', (line) => {
  const message = JSON.parse(line);
  if (!message.method) return;
  const work = answer(message);
  pending.add(work);
  work.finally(() => pending.delete(work));
});
lines.on('close', async () => {
  await Promise.allSettled([...pending]);
  process.exit(0);
});
