// The Chromium of the browser tests. Debian's own, if it is installed, because it comes with the libraries that it needs;
// elsewhere Playwright's. Of both the headless shell, where there is one: the same engine without the browser's windows
// and tabs, for a fifth less processor time. Debian has it as a package of its own since Debian 12.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installByApt, isRootOnDebian } from './process.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SHELL = 'chromium-headless-shell';
const WHOLE = 'chromium';
const fileOf = (/** @type {string} */ name) => `/usr/bin/${name}`;

/** @returns {string | undefined} the file of Debian's; undefined where Playwright's is to be used */
export function debianChromium() {
  return [SHELL, WHOLE].map(fileOf).find((file) => existsSync(file));
}

/**
 * Sees to it that there is a Chromium. Where root may install packages of Debian it is the headless shell, and if that
 * cannot be had, the whole browser.
 * @param {(line: string) => void} log
 * @returns {Promise<number>} the exit code: 0 unless there is none
 */
export async function ensureChromium(log) {
  if (existsSync(fileOf(SHELL))) return 0;
  const { chromium } = await import('@playwright/test');
  const usable = existsSync(fileOf(WHOLE)) || existsSync(chromium.executablePath());
  if (!isRootOnDebian()) return usable ? 0 : installPlaywrights();
  for (const name of usable ? [SHELL] : [SHELL, WHOLE]) {
    try {
      installByApt([name], log);
      return 0;
    } catch (error) {
      log(/** @type {Error} */ (error).message);
    }
  }
  if (usable) log('The browser tests take the whole Chromium instead, and longer.');
  return usable ? 0 : 1;
}

function installPlaywrights() {
  const playwright = path.join(root, 'node_modules', '.bin', 'playwright');
  const { status } = spawnSync(playwright, ['install', '--with-deps', 'chromium'], { cwd: root, stdio: 'inherit' });
  return status ?? 1;
}
