// npm run up: everything on this machine with one command, from a fresh clone. npm run dev: the same with reloading.
// Only Node's own modules are imported here, since the packages may not be installed yet.
import { ensureInstalled } from './install.mjs';

const began = Date.now();
const log = (/** @type {string} */ line) =>
  console.log(`${`${((Date.now() - began) / 1000).toFixed(1)} s`.padStart(7)}  ${line}`);

ensureInstalled(log);
const { up } = await import('./local/up.mjs');
process.exit(await up({ dev: process.argv.includes('--dev'), log }));
