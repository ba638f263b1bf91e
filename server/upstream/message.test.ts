// Which records can be applied, and why the others cannot: each kind of bad input is rejected with its reason, and none
// throws.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { position } from '../../test/made.ts';
import { positionKey, readRecord, type RawRecord } from './message.ts';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const record = (body: unknown, more: Partial<RawRecord> = {}): RawRecord => ({
  key: bytes('o-1'),
  value: bytes(body),
  headers: {},
  ...more,
});
const read = (raw: RawRecord) => readRecord(raw, position(7, { partition: 3 }), 'prod');
const good = { id: 'o-1', status: 'PAID', version: 4, restaurantId: 'r-1', occurredAt: '2026-11-23T11:58:04Z' };

describe('is read', () => {
  test('a whole message, with where it stood and a digest of its bytes', () => {
    expect(read(record(good))).toEqual({
      ok: true,
      event: {
        orderId: 'o-1',
        status: 'PAID',
        version: 4,
        restaurantId: 'r-1',
        sentAt: Date.UTC(2026, 10, 23, 11, 58, 4),
        position: { incarnationId: 1, partition: 3, offset: 7 },
        digest: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
  });

  test.each([
    ['as it says', '2026-11-23T11:58:04Z', Date.UTC(2026, 10, 24), Date.UTC(2026, 10, 23, 11, 58, 4)],
    ['as the topic says, where that is earlier', '2026-11-23T11:58:04Z', 1_700_000_000_000, 1_700_000_000_000],
    ['as the topic says, where it says nothing', undefined, 1_700_000_000_000, 1_700_000_000_000],
    ['as the topic says, where it says what is no time', 'noon', 1_700_000_000_000, 1_700_000_000_000],
    ['never, where both say what is no time', 7, -1, null],
    ['never, where a clock counts nanoseconds', undefined, 1.7e18, null],
  ])('when it was sent: %s', (_, occurredAt, timestamp, sentAt) => {
    expect(read(record({ ...good, occurredAt }, { timestamp }))).toMatchObject({ ok: true, event: { sentAt } });
  });

  test('the highest versions, with all of their digits', () => {
    for (const version of ['9007199254740993', '9223372036854775807'])
      expect(read(record(`{"id":"o-1","status":"PAID","version":${version}}`))).toMatchObject({
        ok: true,
        event: { version },
      });
  });

  test('a JSON text after a byte order mark', () => {
    expect(read(record(`\ufeff${JSON.stringify(good)}`))).toMatchObject({ ok: true, event: { orderId: 'o-1' } });
  });

  test('one with nothing but what is required', () => {
    expect(read(record({ id: 'o-1', status: 'PAID' }))).toMatchObject({ ok: true, event: { version: null } });
  });

  for (const [what, body] of Object.entries({
    'an unknown status: something changed': { ...good, status: 'BOXED' },
    'unknown fields': { ...good, mood: { good: true } },
    'a bad occurredAt': { ...good, occurredAt: 7 },
    'version 0': { ...good, version: 0 },
  }))
    test(what, () => expect(read(record(body)).ok).toBe(true));

  test('ids of 1 and of 64 characters, of any script', () => {
    for (const id of ['x', 'x'.repeat(64), '😀'.repeat(64), 'a/b?c#d, e'])
      expect(read(record({ ...good, id }, { key: bytes(id) })), id).toMatchObject({ ok: true, event: { orderId: id } });
  });

  test('with the env header of this environment, as text, bytes or several times', () => {
    for (const env of ['prod', bytes('prod'), ['prod', bytes('prod')], undefined])
      expect(read(record(good, { headers: { env, other: 'x' } })).ok).toBe(true);
  });

  test('the same bytes give the same digest, other bytes another', () => {
    const digest = (body: unknown) => {
      const reading = read(record(body));
      return reading.ok && reading.event.digest;
    };
    expect(digest(good)).toBe(digest(good));
    expect(digest(good)).not.toBe(digest({ ...good, version: 5 }));
  });
});

describe('is rejected, with the reason', () => {
  const cases: [string, RawRecord, string][] = [
    ['no value', record(good, { value: null }), 'value is null'],
    ['an empty value', record(''), 'not JSON'],
    ['not JSON', record('{"id":'), 'not JSON'],
    ['two byte order marks', record(`\ufeff\ufeff${JSON.stringify(good)}`), 'not JSON'],
    [
      'bytes that are not UTF-8',
      record(good, { value: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) }),
      'not UTF-8',
    ],
    ['UTF-16', record(good, { value: Buffer.from(JSON.stringify(good), 'utf16le') }), 'not JSON'],
    ...[null, 7, 'text', true, [good]].map((body): [string, RawRecord, string] => [
      `JSON that is no object: ${JSON.stringify(body)?.slice(0, 10)}`,
      record(JSON.stringify(body)),
      'not a JSON object',
    ]),
    ['no id', record({ ...good, id: undefined }), 'id must be a string'],
    ['a number for the id', record({ ...good, id: 7 }), 'id must be a string'],
    ['an empty id', record({ ...good, id: '' }, { key: bytes('') }), '1 to 64'],
    ['an id of 65 characters', record({ ...good, id: 'x'.repeat(65) }, { key: bytes('x'.repeat(65)) }), '1 to 64'],
    ['an id of 10 KB', record({ ...good, id: 'x'.repeat(10_240) }, { key: bytes('x'.repeat(10_240)) }), '1 to 64'],
    ['an id with NUL', record({ ...good, id: 'a\0b' }, { key: bytes('a\0b') }), 'NUL'],
    [
      'an id with a lone surrogate',
      record('{"id":"a\\ud800","status":"PAID"}', { key: bytes('a\ud800') }),
      'lone surrogate',
    ],
    ['no status', record({ ...good, status: undefined }), 'status'],
    ['a number for the status', record({ ...good, status: 1 }), 'status'],
    ['an empty status', record({ ...good, status: '' }), 'status'],
    ['a status of 65 characters', record({ ...good, status: 'x'.repeat(65) }), 'status'],
    ...['null', '"4"', '1.5', '-1', 'true', '9223372036854775808', '"9007199254740993"', '[]'].map(
      (version): [string, RawRecord, string] => [
        `version ${version}`,
        record(`{"id":"o-1","status":"PAID","version":${version}}`),
        'version must be a whole number from 0 to 2^63-1',
      ],
    ),
    ...[null, 7, '', 'r'.repeat(65), 'r\0', '\udc00'].map((restaurantId): [string, RawRecord, string] => [
      `restaurantId ${JSON.stringify(restaurantId)}`.slice(0, 40),
      record({ ...good, restaurantId }),
      'restaurantId',
    ]),
    ['no key', record(good, { key: null }), 'key is missing'],
    ['an empty key', record(good, { key: bytes('') }), 'key is not equal to id'],
    ['another key', record(good, { key: bytes('o-2') }), 'key is not equal to id'],
    [
      'a key that only looks the same',
      record({ ...good, id: 'o-\u00e9' }, { key: bytes('o-e\u0301') }),
      'key is not equal to id',
    ],
    ['another environment', record(good, { headers: { env: bytes('pre') } }), 'header env is "pre"'],
    ['an empty env header', record(good, { headers: { env: '' } }), 'header env is ""'],
    ['two env headers that differ', record(good, { headers: { env: ['prod', 'pre'] } }), 'header env is "pre"'],
    ['1 MB of nothing', record('x'.repeat(1 << 20)), 'not JSON'],
    ['JSON nested deeper than anyone can read', record('['.repeat(200_000)), 'not JSON'],
  ];
  for (const [what, raw, reason] of cases)
    test(what, () => expect(read(raw)).toEqual({ ok: false, reason: expect.stringContaining(reason) }));
});

test('of another environment it is said first, whatever else is wrong with it', () => {
  expect(read({ key: null, value: null, headers: { env: 'pre' } })).toMatchObject({
    ok: false,
    reason: expect.stringContaining('env'),
  });
});

test('a status that cannot be stored is made storable', () => {
  expect(read(record('{"id":"o-1","status":"A\\u0000\\ud800"}'))).toMatchObject({
    ok: true,
    event: { status: 'A\ufffd\ufffd' },
  });
});

test('positions of different incarnations differ', () => {
  expect(positionKey(position(1))).not.toBe(positionKey(position(1, { incarnationId: 2 })));
});

test('property: any bytes are read or rejected with one line, and nothing is read whose key is not its id', () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((list) => Buffer.from(list)),
    fc.json().map(bytes),
    fc.record({ id: fc.string(), status: fc.string(), version: fc.option(fc.nat(), { nil: undefined }) }).map(bytes),
  );
  fc.assert(
    fc.property(fc.option(anyBytes), fc.option(anyBytes), (key, value) => {
      const reading = readRecord({ key, value, headers: {} }, position(0), 'prod');
      if (reading.ok) expect(key?.toString()).toBe(reading.event.orderId);
      else expect(reading.reason).toMatch(/^[^\n]{5,200}$/);
    }),
  );
});
