// Documents that repeat facts of the code agree with it: variables, operators' calls.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { routes } from '../server/auth/permissions.ts';
import { secretsOf } from '../server/config/secret-files.ts';
import { ConfigError, Environment, parseConfig } from '../server/config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (document: string) => readFileSync(path.join(root, document), 'utf8');

const required = {
  APP_ENV: 'prod',
  DATABASE_URL: 'postgresql://db/heard',
  KAFKA_BROKERS: 'kafka:9092',
  ORDER_API_URL: 'https://orders.example',
  OPS_TOKEN: 'at-least-16-characters',
};

test('CONFIGURATION.md has each variable of server/config.ts with its default and its error, and no other', () => {
  const documented = [
    ...read('docs/CONFIGURATION.md').matchAll(/^- \*\*`(\w+)`\*\* \(([^)]+)\)(?:.*\n)+? {2}Wrong: `(.*)`$/gm),
  ];
  expect(documented.map(([, name]) => name)).toEqual([...new Set(documented.map(([, name]) => name))]);
  expect(documented.map(([, name]) => name).toSorted()).toEqual(Object.keys(Environment.shape).toSorted());
  const inDocument = documented.map(([, name, presence, wrong]) => `${name} (${presence}): ${wrong}`);
  const inCode = documented.map(([, name]) => `${name} (${presenceOf(name!)}): ${errorOf(name!)}`);
  expect(inDocument).toEqual(inCode);
});

test('CONFIGURATION.md marks as secrets the variables that are secrets, and no others', () => {
  const marked = [...read('docs/CONFIGURATION.md').matchAll(/^- \*\*`(\w+)`\*\* \([^)]+\): a \*secret\*\./gm)];
  expect(marked.map(([, name]) => name).toSorted()).toEqual(secretsOf(Environment).toSorted());
});

/** "required", "optional", or the default as CONFIGURATION.md writes it. */
function presenceOf(name: string): string {
  const { success, data } = Environment.shape[name as keyof typeof Environment.shape].safeParse(undefined);
  if (!success) return 'required';
  if (data === undefined) return 'optional';
  return Array.isArray(data) && !data.length ? 'default none' : `default \`${String(data)}\``;
}

/** The error for a value that cannot be right: a question mark, or an empty text where any other text will do. */
function errorOf(name: string): string {
  for (const wrong of ['?', '']) {
    try {
      parseConfig({ ...required, [name]: wrong });
    } catch (error) {
      const message = error instanceof ConfigError ? error.message : '';
      // Of three variables that go together, a right one alone is refused with the name of another.
      // Of one that the default protocol does not use, any value is refused.
      if (message.startsWith(`${name} `) && !/ is not set| is for (TLS|SASL),/.test(message))
        return message.slice(name.length + 1);
    }
  }
  return 'no error';
}

test("API.md has a section with an example for each operators' call, and for no other", () => {
  const sections = read('docs/API.md').split(/^### /m).slice(1);
  const documented = sections.map((section) => /^`([A-Z]+ \/\S+)`\n/.exec(section)?.[1] ?? section.split('\n', 1)[0]!);
  const calls = Object.entries(routes)
    .filter(([call, allowed]) => allowed.includes('token') || ['GET /livez', 'GET /readyz'].includes(call))
    .map(([call]) => call);
  expect(documented.toSorted()).toEqual(calls.toSorted());
  const withoutExample = sections.filter(
    (section) => !/```sh\ncurl /.test(section) && !section.startsWith('`GET /livez'),
  );
  expect(withoutExample).toEqual([]);
});
