import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ChangeEntry } from '../../server/protocol/changes.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { locales } from '../i18n/locales.ts';
import { changerWords, changeLines } from './change-words.ts';

const languages = locales.map((locale) => [locale, translatorOf(locale, 'manager')] as const);
const t = translatorOf('en', 'manager');
const change = (action: string, more: Partial<ChangeEntry> = {}): ChangeEntry => ({
  id: 'audit-1',
  at: '2026-11-25T19:00:00.000Z',
  actor: 'Ada',
  action,
  about: 'Bo',
  detail: {},
  ...more,
});
const said = (...of: Parameters<typeof change>) => changeLines(t, change(...of)).join('; ');

it('says who was made what, and what the kitchen was told', () => {
  expect(said('person.add', { detail: { role: 'chef' } })).toBe('Bo added as chef');
  expect(said('person.change', { detail: { was: { name: 'Bo', role: 'chef' }, role: 'expo' } })).toBe(
    'Bo changed: Bo, chef → Bo, expo',
  );
  expect(said('kitchen.fire', { about: 'A101', detail: { course: 2 } })).toBe('Order A101 fired, course 2');
  expect(said('kitchen.sold-out', { about: 'Soup', detail: { on: false } })).toBe('Soup there again');
  expect(said('kitchen.sold-out', { about: 'Soup', detail: { on: true } })).toBe('Soup sold out');
  const limited = change('kitchen.sold-out', { about: 'Soup', detail: { on: true, left: 2.5, until: 'six' } });
  expect(changeLines(t, limited, (at) => `${at} o'clock`)).toEqual(["Soup: 2.5 left, until six o'clock"]);
  expect(said('kitchen.note-delay', { about: 'A101', detail: { note: 'Guests know' } })).toBe(
    'Delay of order A101 acknowledged: Guests know',
  );
  expect(said('kitchen.note-delay', { about: 'A101' })).toBe('Delay of order A101 not acknowledged any more');
  expect(
    said('restaurant.put', {
      detail: {
        changes: [
          { what: 'name', from: 'A', to: 'B' },
          { what: 'combine', station: 'Grill', to: 'yes' },
        ],
      },
    }),
  ).toBe('name: A → B; Grill combines same dishes: yes');
  expect(changerWords(t, change('kitchen.rush', { detail: { device: 'Pass' } }))).toBe('Ada · on Pass');
  expect(changerWords(t, change('device.pair', { actor: null }))).toBe('The server');
});

it('has words in each language for everything that the server audits of a restaurant', () => {
  // Managers do not see actions outside a restaurant: accounts, sessions, the server's settings.
  const elsewhere = /^(?:session|settings|topic|restaurant)\./;
  const actions = new Set(
    ['auth', 'operator']
      .flatMap((part) => readdirSync(`server/${part}`).map((file) => `server/${part}/${file}`))
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .flatMap((file) =>
        [
          ...readFileSync(file, 'utf8').matchAll(
            /'((?:device|person|invitation|password|staff|session|settings|restaurant)\.[a-z-]+)'/g,
          ),
        ].map(([, action]) => action!),
      )
      .filter((action) => !elsewhere.test(action)),
  );
  for (const kind of readFileSync('server/insight/changes.ts', 'utf8')
    .match(/isChange: [^=]*= \{([^}]*)\}/)![1]!
    .matchAll(/([a-z-]+)'?: true/g))
    actions.add(`kitchen.${kind[1]}`);
  expect(actions.size).toBeGreaterThan(20);
  for (const [language, words] of languages)
    for (const action of actions)
      expect(
        words.has(`changes.did.${action}` as 'changes.did.person.add'),
        `components/i18n/messages/${language}/manager.json has no changes.did.${action}`,
      ).toBe(true);
});
