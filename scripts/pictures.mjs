// npm run pictures: every screen in every state, into docs/screens, and the README's picture. Needs a build that is current; what
// comes after "--" goes to Playwright, for example -- --grep held
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', 'pictures.spec.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env: { ...process.env, PICTURES: '1' } });
process.exit(status ?? 1);
