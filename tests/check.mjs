/**
 * The fast part of `npm test`: types, lint, boundaries, links in documents, `process.env` in its one place, and the
 * unit tests. Runs alone as `npm run check`; prints one line a check and fails when one fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runVitest } from './setup/vitest.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const tool =
  (command, ...args) =>
  () => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    return status === 0 ? null : `${stdout}${stderr}`;
  };

function* walk(dir, wanted) {
  for (const entry of readdirSync(path.join(root, dir), { withFileTypes: true })) {
    if (/^(node_modules|build|data|generated|\.git|\.cache|\.results|\.shots|\.data)$/.test(entry.name))
      continue;
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) yield* walk(full, wanted);
    else if (wanted.test(entry.name)) yield full;
  }
}

/** Every relative link of every document leads to a file. */
function links() {
  const broken = [];
  for (const file of walk('.', /\.md$/)) {
    const text = readFileSync(path.join(root, file), 'utf8');
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|mailto:|#)/.test(target)) continue;
      const place = path.join(root, path.dirname(file), decodeURIComponent(target.split('#')[0]));
      if (!existsSync(place)) broken.push(`${file}: ${target}`);
    }
  }
  return broken.length > 0 ? `links that lead nowhere:\n${broken.join('\n')}` : null;
}

/** Code that pages show for a customer's backend; it is text, not ours to run. */
const SHOWN = new Set([path.join('app', 'routes', '_console.integrate', 'snippets.ts')]);

/** The environment is read in one place, so that all of it is checked at the start. */
function environment() {
  const found = [];
  for (const file of walk('app', /\.(ts|tsx)$/)) {
    if (file.startsWith(path.join('app', 'platform', 'env')) || /\.test\./.test(file) || SHOWN.has(file))
      continue;
    if (readFileSync(path.join(root, file), 'utf8').includes('process.env')) found.push(file);
  }
  return found.length > 0 ? `process.env outside app/platform/env:\n${found.join('\n')}` : null;
}

const CHECKS = [
  ['types', tool('tsc', '--noEmit')],
  ['lint and format', tool('biome', 'check', '--error-on-warnings', '.')],
  ['boundaries', tool('depcruise', 'app', '--config', '.dependency-cruiser.cjs')],
  ['links in documents', links],
  ['environment in one place', environment],
];

/** Runs the checks and unit tests; answers how many passed, failed and were skipped. */
export async function runChecks() {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, check] of CHECKS) {
    const problem = check();
    if (problem) {
      sum.failed++;
      console.log(`✗ ${name}\n${problem}`);
    } else {
      sum.passed++;
      console.log(`✓ ${name}`);
    }
  }
  const unit = await runVitest('unit', { label: 'unit tests' });
  for (const key of Object.keys(sum)) sum[key] += unit[key];
  return sum;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed, skipped } = await runChecks();
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exit(failed > 0 ? 1 : 0);
}
