import { defineConfig, devices } from 'playwright/test';
import { findBrowser } from './tests/setup/browser.mjs';

const browser = findBrowser();

/** Each journey runs in light and in dark. Every worker has a Leadline, a network and a shop of its own. */
export default defineConfig({
  testDir: './tests/e2e',
  outputDir: './tests/.results/journeys',
  fullyParallel: false,
  workers: 2,
  // A run for everybody tries a failed journey once more in a new world; tests/run.mjs names each that needed it.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(browser?.executablePath ? { executablePath: browser.executablePath } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-dev-shm-usage',
      ],
    },
  },
  projects: [
    { name: 'light', use: { colorScheme: 'light' } },
    { name: 'dark', use: { colorScheme: 'dark' } },
  ],
});
