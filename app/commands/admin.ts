import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { loadConfig } from '#app/platform/env.server.ts';
import { AppError, messageOf } from '#app/platform/errors.ts';
import { runBackup } from './admin-backup.ts';
import { findRoot } from './admin-context.ts';
import { runDoctor } from './admin-doctor.ts';
import { type Flags, type Io, type Run, UsageError } from './admin-io.ts';
import { runCreateApiKey, runCreateUser, runResetPassword } from './admin-people.ts';
import { runRotateSecret } from './admin-rotate-secret.ts';

const USAGE = `Usage: npm run admin -- <verb> [flags]

  create-user     --email E --role owner|ops|finance|viewer [--name N] [--password P]
                  Makes somebody who can sign in. Without --password one is made and printed once.
  reset-password  --email E [--password P]
                  Sets a new password and signs that person out everywhere.
  create-api-key  --name N --scopes ingest,read,operate
                  Makes a key of the HTTP API and prints it once, alone on the last line.
  rotate-secret   [--new-secret S]
                  Puts stored credentials under a new secret; everybody signs in again.
  backup          --to FILE
                  Writes a consistent, checked copy of the embedded store, also while Leadline runs.
  doctor          Looks at everything Leadline needs, and says what to do.`;

const VERBS: Record<string, { flags: string[]; run: Run | null }> = {
  'create-user': { flags: ['email', 'role', 'name', 'password'], run: runCreateUser },
  'reset-password': { flags: ['email', 'password'], run: runResetPassword },
  'create-api-key': { flags: ['name', 'scopes'], run: runCreateApiKey },
  'rotate-secret': { flags: ['new-secret'], run: runRotateSecret },
  backup: { flags: ['to'], run: runBackup },
  doctor: { flags: [], run: null },
};

function parseFlags(argv: string[], names: string[]): Flags {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const name of names) options[name] = { type: 'string' };
  try {
    const { values } = parseArgs({ args: argv, options, strict: true, allowPositionals: false });
    return values as Flags;
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

const consoleIo: Io = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
};

/**
 * Runs one verb. Answers the exit code: 0 done, 1 refused or failed (and says why), 2 called wrongly (and shows how
 * to call it). Throws nothing.
 */
export async function main(argv: string[], io: Io = consoleIo): Promise<number> {
  const [verb = '', ...rest] = argv;
  if (['help', '--help', '-h'].includes(verb)) {
    io.out(USAGE);
    return 0;
  }
  try {
    const known = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (!known) throw new UsageError(verb ? `There is no verb "${verb}"` : 'A verb is missing');
    const flags = parseFlags(rest, known.flags);
    const root = findRoot();
    if (known.run === null) return await runDoctor(io, root);
    return await known.run({ io, flags, config: loadConfig(io.env), root });
  } catch (error) {
    return explain(error, io);
  }
}

function explain(error: unknown, io: Io): number {
  io.err(messageOf(error));
  if (!(error instanceof UsageError)) {
    if (!(error instanceof AppError) && error instanceof Error && error.cause !== undefined) {
      io.err(`Cause: ${messageOf(error.cause)}`);
    }
    return 1;
  }
  io.err(`\n${USAGE}`);
  return 2;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
