import { describe, expect, it } from 'vitest';
import { translatorOf } from '../i18n/compiled.ts';
import { flagWords, noticeWords } from './tags.ts';
import { allergyReader } from '../../test/orders.ts';
import { ago, line, order, ticket } from '../../test/floor-orders.ts';

const en = translatorOf('en', 'floor');
const common = translatorOf('en', 'common');
const name = (id: string) => ({ 's-grill': 'Grill' })[id] ?? id;

describe('what somebody must notice', () => {
  it('is a dish that is new, changed or moved; a void says so itself', () => {
    const flagged = (flag: object) =>
      flagWords(en, common, line({ quantity: 4, flag: { at: ago(1), ...flag } as never }), allergyReader, name);
    expect(flagged({ kind: 'added' })).toBe('New');
    expect(flagged({ kind: 'changed', from: { quantity: 2 } })).toBe('Changed, was 2');
    expect(flagged({ kind: 'changed', from: { name: 'Roti' } })).toBe('Changed, was Roti');
    expect(flagged({ kind: 'changed', from: { note: null } })).toBe('Changed, was no note');
    expect(flagged({ kind: 'changed', from: { modifiers: [{ name: 'onion', kind: 'REMOVE' }] } })).toBe(
      'Changed, was NO onion',
    );
    expect(flagged({ kind: 'changed' })).toBe('Changed');
    expect(flagged({ kind: 'moved', from: { stationId: 's-grill' } })).toBe('Moved from Grill');
    expect(flagged({ kind: 'voided' })).toBeNull();
    expect(flagWords(en, common, line(), allergyReader, name)).toBeNull();
  });

  it('is what changed of the whole order, each once, however many stations have not seen it', () => {
    const notices = [
      { kind: 'table' as const, at: ago(1), from: '5' },
      { kind: 'rush' as const, at: ago(1) },
    ];
    expect(
      noticeWords(
        en,
        order({
          tickets: [
            ticket({ notices }),
            ticket({ id: 't2', notices: [...notices, { kind: 'note', at: ago(1), from: 'cake' }] }),
          ],
        }),
      ),
    ).toEqual(['Table changed, was 5', 'Note changed, was “cake”']);
  });
});
