// node scripts/page-weight.mjs, a step of npm test after the build: the JavaScript of the kitchen's page, from the
// build's manifest, each file gzipped by itself as a server sends it. A tablet loads it before it shows a ticket.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { root } from './bundles.mjs';

const PAGE = '/kitchen/[station]';
export const LIMIT_KB = 200;
/** The files that are named: a page has few large ones. */
const NAMED = 6;

/**
 * @param {string} folder of the build, `.next`
 * @returns {{ file: string, bytes: number }[]} gzipped, the largest first
 */
export function scriptsOf(folder) {
  /** @type {{ pages: Record<string, string[]> }} */
  const { pages } = JSON.parse(readFileSync(path.join(folder, 'build-manifest.json'), 'utf8'));
  const files = pages[PAGE];
  if (!files?.length) throw new Error(`the build's manifest names no files of ${PAGE}`);
  return [...new Set([...(pages['/_app'] ?? []), ...files])]
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file, bytes: gzipSync(readFileSync(path.join(folder, file))).length }))
    .sort((a, b) => b.bytes - a.bytes);
}

/**
 * @param {string} folder of the build
 * @returns {{ tooHeavy: boolean, words: string }}
 */
export function weigh(folder) {
  const scripts = scriptsOf(folder);
  const kb = (/** @type {number} */ bytes) => (bytes / 1024).toFixed(1);
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
  const tooHeavy = total >= LIMIT_KB * 1024;
  const said = `The kitchen's page has ${kb(total)} KB of JavaScript, gzipped; the limit is ${LIMIT_KB} KB.`;
  const largest = scripts.slice(0, NAMED).map(({ file, bytes }) => `  ${kb(bytes).padStart(6)} KB  ${file}`);
  const advice = 'Load lazily what a cook rarely needs, or leave it out: docs/bench/2026-11.md tells what was tried.';
  return { tooHeavy, words: tooHeavy ? [said, ...largest, advice].join('\n') : said };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { tooHeavy, words } = weigh(path.join(root, '.next'));
  console.log(words);
  if (tooHeavy) process.exitCode = 1;
}
