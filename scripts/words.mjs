// Counts the sentences in comments and docs that contain a riddle word. scripts/house.test.ts limits their share. As a
// command, `node scripts/words.mjs [folder or file ...]` lists them by file and line.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const RIDDLE = /\b(?:what|whatever|who|whoever|whom|of which)\b/i;

/** Every file under version control that people write in, relative to the project's folder. */
export const written = () =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((file) => /\.(?:tsx?|m?js|css|md)$/.test(file));

/**
 * The comments of a source, or the prose of a Markdown file, as blocks of text with the line that each begins on.
 * @param {string} file
 * @param {string} text
 */
export function proseOf(file, text) {
  /** @type {{ line: number, text: string }[]} */
  const blocks = [];
  let open = false;
  let fenced = false;
  for (const [index, line] of text.split('\n').entries()) {
    let prose;
    if (file.endsWith('.md')) {
      if (line.startsWith('```')) fenced = !fenced;
      prose =
        fenced || line.startsWith('```')
          ? undefined
          : line.replaceAll(/`[^`]*`/g, 'x').replace(/^(?:[-*>#|]|\d+\.)\s*/, '\0');
      if (prose?.trim() === '') prose = undefined;
    } else {
      prose =
        /^\s*(?:\/\/|\/?\*+(?!\/)|\{?\/\*+)\s?(.*?)(?:\*\/\}?)?$/.exec(line)?.[1] ?? /\s\/\/ (.*)$/.exec(line)?.[1];
    }
    const previous = blocks.at(-1);
    if (prose === undefined) open = false;
    else if (open && previous && !prose.startsWith('\0') && prose.trim()) previous.text += ` ${prose}`;
    else if (prose.trim()) blocks.push({ line: index + 1, text: prose.replace('\0', '') });
    if (prose !== undefined) open = prose.trim() !== '' && !/^\s*\{?\/\*.*\*\//.test(line);
  }
  return blocks;
}

/**
 * @param {string} file relative to the project's folder
 * @returns {{ sentences: number, riddles: { line: number, text: string }[] }}
 */
export function riddlesOf(file) {
  let sentences = 0;
  /** @type {{ line: number, text: string }[]} */
  const riddles = [];
  for (const { line, text } of proseOf(file, readFileSync(path.join(root, file), 'utf8')))
    for (const sentence of text.split(/(?<=[.!?])\s+|\s*\|\s*/)) {
      if (!/[a-z]{2}/i.test(sentence)) continue;
      sentences += 1;
      if (RIDDLE.test(sentence)) riddles.push({ line, text: sentence.trim() });
    }
  return { sentences, riddles };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2).map((place) => place.replace(/\/$/, ''));
  let sentences = 0;
  let found = 0;
  for (const file of written()) {
    if (wanted.length && !wanted.some((place) => file === place || file.startsWith(`${place}/`))) continue;
    const { sentences: count, riddles } = riddlesOf(file);
    sentences += count;
    found += riddles.length;
    for (const { line, text } of riddles) console.log(`${file}:${line}: ${text}`);
  }
  console.log(`${found} of ${sentences} sentences (${((100 * found) / Math.max(1, sentences)).toFixed(1)} %)`);
}
