/**
 * All tests, in order: checks and unit tests, integration tests on each store that can run here, then the journeys
 * in a real browser. Goes on after a failure, so that one run tells everything. Ends with "N passed, N failed".
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecks } from './check.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { startPostgres } from './setup/postgres.mjs';
import { runVitest } from './setup/vitest.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const sum = { passed: 0, failed: 0, skipped: 0 };
const add = (result) => {
  for (const key of Object.keys(sum)) sum[key] += result[key];
};
const loud = (text) => console.log(`\n${'!'.repeat(78)}\n! ${text}\n${'!'.repeat(78)}\n`);

/** The titles of a suite's journeys that failed before they passed. */
const flakyTitles = ({ title, specs = [], suites = [] }) => [
  ...specs
    .filter((spec) => spec.tests.some((run) => run.status === 'flaky'))
    .map((spec) => `${title}: ${spec.title}`),
  ...suites.flatMap(flakyTitles),
];

/** The journeys. Answers the counts of Playwright's own report. */
function runJourneys() {
  console.log('— journeys in a browser');
  const browser = ensureBrowser();
  if (!browser) {
    loud(
      'SKIPPED: no Chromium is installed, and none could be installed. Set PLAYWRIGHT_CHROMIUM_PATH to one.',
    );
    return { passed: 0, failed: 0, skipped: 1 };
  }
  console.log(`browser: ${browser.source}`);
  const report = path.join(root, 'tests', '.results', 'journeys.json');
  rmSync(report, { force: true });
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const { status } = spawnSync('playwright', ['test', '--reporter=list,json'], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { suites, stats } = JSON.parse(readFileSync(report, 'utf8'));
  const { expected, unexpected, flaky, skipped } = stats;
  if (flaky > 0) loud(`PASSED ONLY AT THE SECOND TRY: ${suites.flatMap(flakyTitles).join('; ')}`);
  return { passed: expected + flaky, failed: unexpected || (status === 0 ? 0 : 1), skipped };
}

/** Integration tests on one store; a run for everybody tries a failed file once more, and names it if it passes then. */
async function runIntegration(label, url) {
  const env = { TEST_DATABASE_URL: url };
  const { unsteady, ...counts } = await runVitest('integration', { label, env, secondTry: !!process.env.CI });
  if (unsteady.length > 0) loud(`PASSED ONLY AT THE SECOND TRY: ${unsteady.join('; ')}`);
  return counts;
}

add(await runChecks());
add(await runIntegration('integration on SQLite', ''));
const postgres = await startPostgres().catch((error) => {
  console.log(String(error));
  return null;
});
if (postgres) {
  try {
    add(await runIntegration('integration on PostgreSQL', postgres.url));
  } finally {
    await postgres.stop();
  }
} else {
  loud('SKIPPED: PostgreSQL is neither installed nor installable here; nothing was tested on it.');
  sum.skipped++;
}
add(runJourneys());

console.log(`\n${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}`);
process.exit(sum.failed > 0 ? 1 : 0);
