/** A Chromium to test with: a named one, Playwright's own, the system's, or a fresh one where that is allowed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @returns {{ executablePath?: string, source: string } | null} */
export function findBrowser() {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named) return { executablePath: named, source: 'PLAYWRIGHT_CHROMIUM_PATH' };
  const own = chromium.executablePath();
  if (own && existsSync(own)) return { source: 'playwright' };
  const system = SYSTEM.find((place) => existsSync(place));
  return system ? { executablePath: system, source: 'system' } : null;
}

/** Finds a browser, or installs one: Playwright's own, else (as root on Debian) the distribution's. Null where neither works. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  console.log('No Chromium found: trying to install one');
  const quiet = { stdio: ['ignore', 'ignore', 'ignore'], timeout: 300_000 };
  spawnSync('playwright', ['install', 'chromium'], quiet);
  if (!findBrowser() && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { ...quiet, env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { ...quiet, env });
  }
  return findBrowser();
}
