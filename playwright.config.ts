// Browser tests of the built app in Chromium. e2e/global-setup.ts starts a real Kafka and PostgreSQL, e2e/world.ts the
// servers.
import { defineConfig, devices } from '@playwright/test';
import { debianChromium } from './scripts/local/chromium.mjs';

const debians = debianChromium();
const asRoot = process.getuid?.() === 0;

/**
 * Tests that mostly wait: for a time-out, for a server that starts again, for a tablet that sleeps. They go one after
 * another, two at a time, beside the two workers that the processors are for.
 */
const waiting =
  /\/(?:lost-connection|manager-delayed|new-version|offline-board|offline-taps|proxies|seen|staleness|wake)\.spec\.ts$/;

/** Other browsers than the one of npm test: npm run test:old-browsers. */
const oldBrowsers = /\/old-browsers\.spec\.ts$/;

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  outputDir: 'test-results',
  // Every test has a restaurant of its own, but all share one machine with Kafka, PostgreSQL and a server for each
  // worker.
  workers: 4,
  projects: [
    { name: 'waiting', testMatch: waiting, workers: 2 },
    {
      name: 'screens',
      testIgnore: [waiting, oldBrowsers],
      workers: 2,
      // A service worker fetches the page and all its files once more for each new device. It is there in the tests above,
      // which lose the server, and in those that say so.
      use: { serviceWorkers: 'block' },
    },
    { name: 'old-browsers', testMatch: oldBrowsers, workers: 1 },
  ],
  // These end a test that hangs. No test takes them for a promise: on a machine with other work a state comes late.
  timeout: 300_000,
  expect: { timeout: 45_000 },
  // A test that passes only at the second try has a fault, or the code under test has one.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 800 },
    // Recording costs a fifth of the run. Use `npx playwright test --trace on` when needed.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(debians && { executablePath: debians }),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
