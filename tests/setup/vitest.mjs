import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Runs one of vitest's projects (see vitest.config.ts) and shows its output. Answers {passed, failed, skipped, unsteady}.
 * With `secondTry`, files in which something failed run once more by themselves, from the start; `unsteady` names those
 * that passed only then.
 */
export async function runVitest(project, { label, env = {}, secondTry = false }) {
  const first = runOnce(project, { label, env });
  if (!secondTry || first.failedFiles.length === 0) return { ...first, unsteady: [] };
  const again = runOnce(project, { label: `${label}, second try`, env, files: first.failedFiles });
  const inFiles = sumOf(first.perFile.filter(({ file }) => first.failedFiles.includes(file)));
  const unsteady = first.failedFiles.filter((file) => !again.failedFiles.includes(file));
  return {
    passed: first.passed - inFiles.passed + again.passed,
    failed: again.failed,
    skipped: first.skipped - inFiles.skipped + again.skipped,
    unsteady: again.crashed ? [] : unsteady,
  };
}

/** One run. One that ends without a report counts as a failure, so that a crash cannot look like success. */
function runOnce(project, { label, env, files = [] }) {
  const results = path.join(root, 'tests', '.results');
  mkdirSync(results, { recursive: true });
  const report = path.join(results, `${label.replaceAll(/\W+/g, '-')}.json`);
  rmSync(report, { force: true });
  console.log(`— ${label}`);
  const args = [
    'run',
    ...files,
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { status } = spawnSync('vitest', args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (!existsSync(report))
    return { passed: 0, failed: 1, skipped: 0, failedFiles: [], perFile: [], crashed: true };
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const failed = numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0);
  return {
    passed: numPassedTests,
    failed: failed || (status === 0 ? 0 : 1),
    skipped: numPendingTests,
    failedFiles: testResults
      .filter((result) => result.status === 'failed')
      .map((result) => path.relative(root, result.name)),
    perFile: testResults.map(({ name, assertionResults }) => ({
      file: path.relative(root, name),
      passed: assertionResults.filter((one) => one.status === 'passed').length,
      skipped: assertionResults.filter((one) => ['skipped', 'pending', 'todo'].includes(one.status)).length,
    })),
    crashed: false,
  };
}

const sumOf = (files) =>
  files.reduce(
    (sum, { passed, skipped }) => ({ passed: sum.passed + passed, skipped: sum.skipped + skipped }),
    { passed: 0, skipped: 0 },
  );
