// npm run pictures: every screen in every state, into docs/screens, the README's picture, and the list of all,
// docs/SCREENS.md. Needs a current build, and fonts for Chinese and emoji. Arguments after "--" go to Playwright, for
// example: -- --grep held
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.join(root, 'docs/screens');
const only = process.argv.slice(2);
for (const [language, name, example] of [
  ['zh', 'Chinese', 'fonts-noto-cjk'],
  ['und-zsye', 'emoji', 'fonts-noto-color-emoji'],
]) {
  const { status, stdout } = spawnSync('fc-list', [`:lang=${language}`], { encoding: 'utf8' });
  if (status !== 0 || stdout.trim()) continue;
  console.error(
    `There is no font for ${name}, so pictures would show boxes: install one, such as Debian's ${example}.`,
  );
  process.exit(1);
}
if (!only.length) rmSync(folder, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', 'pictures', ...only], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PICTURES: '1' },
});

/** @type {Map<string, string[]>} */
const byScreen = new Map();
for (const file of readdirSync(folder).sort()) {
  const [, screen = '', state = ''] = /^([^-]+)-(.+)\.png$/.exec(file) ?? [];
  byScreen.set(screen, [...(byScreen.get(screen) ?? []), state]);
}
const lists = [...byScreen].map(([screen, states]) => {
  const links = states.map((state) => `- [${state}](screens/${screen}-${state}.png)\n`);
  return `## ${screen[0]?.toUpperCase()}${screen.slice(1)}\n${links.join('')}`;
});
writeFileSync(
  path.join(root, 'docs/SCREENS.md'),
  `# Every screen in every state
Made by \`npm run pictures\` and looked at. The same walk, without the pictures, is part of \`npm test\`. It checks that each
screen has its parts, that nothing is cut or lies over something else, and that axe finds nothing.
[picture-states.ts](../e2e/picture-states.ts), [pictures.spec.ts](../e2e/pictures.spec.ts),
[pictures-settings.spec.ts](../e2e/pictures-settings.spec.ts) and
[pictures-sheets.spec.ts](../e2e/pictures-sheets.spec.ts) make the states.

${lists.join('\n')}`,
);
process.exit(status ?? 1);
