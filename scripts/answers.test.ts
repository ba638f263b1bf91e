// Every HTTP answer that a page reads goes through the one caller, which parses it with a schema of server/protocol; and
// every route that pages call answers with such a schema.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const sources = (...folders: string[]) =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

const pages = sources('app', 'pages', 'components');
const CALLER = 'components/http/call.ts';
/** The functions that return an answer. */
const ASKS = /(?<!function )\b(?:call|manage|useInsight)\s*(<[^(]*>)?\(/g;

/** Where a bracket that opens at `from` ends: the place after it. */
function endOf(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === '(') depth += 1;
    if (text[i] === ')') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return text.length;
}

const codeOf = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

/** The rules that a source breaks, each with the text that does. */
function faultsOf(file: string, text: string): string[] {
  const code = codeOf(text);
  const faults = [...code.matchAll(/\bfetch\(|\.json\(\)|\bXMLHttpRequest\b|\bsendBeacon\b/g)].map(
    ([found]) => `${found}: only ${CALLER} speaks HTTP`,
  );
  for (const { 0: found, 1: given, index } of code.matchAll(ASKS)) {
    if (given) faults.push(`${found}: the schema types the answer`);
    const rest = code.slice(endOf(code, index + found.length - 1)).replace(/^[\s)]*/, '');
    if (/^as\s+(?!const\b)/.test(rest)) faults.push(`${found}...) ${rest.slice(0, 20)}: the schema types the answer`);
  }
  if (/from '(?:\.\.?\/)+(?:[\w-]+\/)*(?:call|manage-call|use-insight)\.ts'/.test(code) && /\bz\.object\(/.test(code))
    faults.push('z.object(: the schema of an answer belongs in server/protocol');
  return faults;
}

test('pages read answers through the one caller, as their schemas type them', () => {
  expect(pages.length).toBeGreaterThan(100);
  const faults = pages
    .filter(({ file }) => file !== CALLER)
    .flatMap(({ file, text }) => faultsOf(file, text).map((fault) => `${file}: ${fault}`));
  expect(faults).toEqual([]);
});

test('the caller casts nothing', () => {
  const { text } = pages.find(({ file }) => file === CALLER)!;
  expect(codeOf(text).match(/\bas (?!z\b)\w+|(?<!\.)\bany\b/g)).toBeNull();
});

test.each([
  ["const { people } = await (await fetch('/people')).json();", 2],
  ['const list = (await call(null, "GET", path)) as unknown as List;', 1],
  ['const list = await manage<List>(schema, "GET", path);', 1],
  ['const { data } = useInsight(Story, `orders/${encodeURIComponent(id)}/story`) as Asked<Other>;', 1],
  ["import { call } from '../http/call.ts';\nconst List = z.object({});", 1],
  ['const list = await call(List, "GET", `${at}/people`); // as before, fetch(', 0],
  ['const sizes = [call(List, "GET", "/a"), 2] as const;', 0],
])('a page that breaks a rule is found: %s', (text, count) => {
  expect(faultsOf('components/x.tsx', text)).toHaveLength(count);
});

test('the routes of pages answer with the schemas that pages parse with', () => {
  const routes = sources('server').filter(({ text }) =>
    /addRoute\(\s*\w+,\s*[`'](?:\$\{|\/(?:manage|screen|auth|guest))/.test(text),
  );
  expect(routes.map(({ file }) => file)).toEqual(
    expect.arrayContaining([
      'server/auth/account-routes.ts',
      'server/auth/manage-routes.ts',
      'server/auth/staff-routes.ts',
      'server/guest/routes.ts',
      'server/insight/routes.ts',
      'server/operator/setup-routes.ts',
    ]),
  );
  const bare = routes.flatMap(({ file, text }) =>
    text
      .split('\n')
      .filter((line) => /\bc\.json\(/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  // An operator's call, made by hand and by scripts.
  expect(bare).toEqual([
    'server/auth/account-routes.ts: POST: async (c) => c.json(await lost.linkFor((await readJson(c, Forgotten)).email), 201),',
  ]);
});
