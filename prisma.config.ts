/** Prisma's command line. The schema engine is the official WebAssembly build, so nothing is downloaded. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

const here = path.dirname(fileURLToPath(import.meta.url));
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(here, 'prisma/schema-engine.mjs');

const url = process.env.DATABASE_URL ?? 'file:./data/leadline.db';
const dialect = process.env.PRISMA_DIALECT ?? (url.startsWith('file:') ? 'sqlite' : 'postgres');

export default defineConfig({
  schema: `prisma/${dialect}`,
  migrations: { path: `prisma/${dialect}/migrations` },
  datasource: { url },
});
