// npm run chaos [-- <name>... | --list | --short] [--seconds N] [--seed N] [--rate N] [--repeat N]: bundles the chaos
// runs on the fly, since Node cannot run TypeScript, and runs them on the built app.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isBuilt } from '../scripts/build.mjs';
import { bundleOptions, root } from '../scripts/bundles.mjs';

if (!existsSync(path.join(root, 'dist', 'main.js')) || !existsSync(path.join(root, '.next', 'BUILD_ID'))) {
  console.error('The app is not built: npm run build.');
  process.exit(2);
}
if (!isBuilt()) console.log('The sources have changed since the last build: what is tried is that build.');

const { build } = await import('esbuild');
await build({ ...bundleOptions(), entryPoints: { chaos: 'chaos/main.ts' } });
const child = spawn(
  process.execPath,
  ['--enable-source-maps', path.join(root, 'dist', 'chaos.js'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
// Ctrl-C reaches the child directly, and the child ends everything that it started.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
