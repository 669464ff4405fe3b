import { existsSync } from 'node:fs';
import type { Ctx } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import { type Config, loadConfig } from '#app/platform/env.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { openCtx } from './admin-context.ts';
import {
  checkDataDir,
  checkDisk,
  checkNode,
  checkPublicUrl,
  type Finding,
  fail,
  ok,
  warn,
} from './admin-doctor-machine.ts';
import {
  checkAccounts,
  checkBeat,
  checkClock,
  checkDurability,
  checkMigrations,
  checkPeople,
} from './admin-doctor-store.ts';
import type { Io } from './admin-io.ts';

/**
 * doctor: looks at everything Leadline needs and changes nothing. One line a finding: ok, warn or fail, and what to
 * do. Answers exit code 1 when anything failed.
 */
export async function runDoctor(io: Io, root: string): Promise<number> {
  const findings = [checkNode(process.versions.node)];
  let config: Config | null = null;
  try {
    config = loadConfig(io.env);
    findings.push(
      ok(
        'Environment',
        `every variable is well formed; ${config.dialect === 'sqlite' ? 'embedded store' : 'PostgreSQL'}, role ${config.LEADLINE_ROLE}`,
      ),
    );
  } catch (error) {
    const text = messageOf(error)
      .replace(/^Leadline cannot start: /, '')
      .replaceAll(/\s*\n\s*/g, '; ');
    findings.push(
      fail('Environment', text, 'Correct what is named here. The other checks need it and were left out.'),
    );
  }
  if (config)
    findings.push(
      checkPublicUrl(config),
      checkDataDir(config),
      checkDisk(config),
      ...(await checkStore(config, io, root)),
    );
  for (const finding of findings) io.out(line(finding));
  const count = (level: Finding['level']): number =>
    findings.filter((finding) => finding.level === level).length;
  io.out(`${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} failed`);
  return count('fail') > 0 ? 1 : 0;
}

const line = ({ level, name, text, todo }: Finding): string =>
  `${level.padEnd(4)}  ${name}: ${text}${todo ? ` -> ${todo}` : ''}`;

async function checkStore(config: Config, io: Io, root: string): Promise<Finding[]> {
  const file = config.databaseUrl.slice('file:'.length);
  if (config.dialect === 'sqlite' && !existsSync(file)) {
    return [warn('Store', `there is none at ${file} yet`, 'Start Leadline once: npm start makes it.')];
  }
  let ctx: Ctx;
  try {
    ctx = await openCtx(config, io);
  } catch (error) {
    const fault = `${describeStoreFault(error)} (${messageOf(error).replaceAll(/\s+/g, ' ').slice(0, 300)})`;
    return [
      fail(
        'Store',
        fault,
        'Check that it runs, that DATABASE_URL is right and that this machine may reach it.',
      ),
    ];
  }
  try {
    return [ok('Store', 'reachable'), ...(await insideStore(ctx, config, root))];
  } finally {
    await ctx.store.close();
  }
}

async function insideStore(ctx: Ctx, config: Config, root: string): Promise<Finding[]> {
  const findings = [...(await tried('Migrations', () => checkMigrations(ctx, root)))];
  findings.push(...(await tried('Durability', () => checkDurability(ctx))));
  // the tables may not be as this version knows them
  if (findings.some((finding) => finding.name === 'Migrations' && finding.level !== 'ok')) return findings;
  findings.push(...(await tried('People', () => checkPeople(ctx))));
  findings.push(...(await tried('Accounts', () => checkAccounts(ctx, config))));
  findings.push(...(await tried('Worker', () => checkBeat(ctx))));
  findings.push(...(await tried('Clock', () => checkClock(ctx, config))));
  return findings;
}

/** A check that cannot be made is a failed one. */
async function tried(name: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [fail(name, `could not be checked: ${describeStoreFault(error)}`, 'See to the store first.')];
  }
}
