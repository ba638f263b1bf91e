// One verdict for each error that a database, its driver or Prisma can throw.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnose, faultOf } from './faults.ts';

/** As Prisma wraps an error of the pg adapter in a raw statement. */
const raw = (cause: object, message = 'Raw query failed.') =>
  Object.assign(new Error(message), {
    code: 'P2010',
    meta: { driverAdapterError: Object.assign(new Error('DriverAdapterError'), { cause }) },
  });
const state = (code: string, message?: string) => raw({ kind: 'postgres', originalCode: code, code }, message);
const coded = (code: string, message = '') => Object.assign(new Error(message), { code });

test.each([
  ['a connection that was reset', raw({ kind: 'ConnectionClosed' })],
  ['a refused connection', raw({ kind: 'DatabaseNotReachable' })],
  ['a socket that timed out', raw({ kind: 'SocketTimeout' })],
  ['TLS that failed', raw({ kind: 'TlsConnectionError', reason: 'self-signed certificate' })],
  ['a shut-down', state('57P01')],
  ['a deadlock', state('40P01')],
  ['no connection left', state('53300')],
  ['a session that idled in its transaction', state('25P03')],
  ['a lock that was not given in time', state('55P03')],
  ['a connection exception', state('08006')],
  ['a password that is wrong', state('28P01')],
  ["Prisma's own code for a wrong password", coded('P1000')],
  ["Prisma's own code for no free connection", coded('P2024')],
  ['too many connections', coded('P2037')],
  ['an error of pg itself', coded('57P01', 'terminating connection due to administrator command')],
  ['a pool of pg that waited too long', new Error('timeout exceeded when trying to connect')],
  ['a query of pg that waited too long', new Error('Query read timeout')],
  [
    'a client of pg that lost its connection',
    new Error('Client has encountered a connection error and is not queryable'),
  ],
  ['a connection that ended', new Error('Connection terminated unexpectedly')],
  ['a broken pipe', coded('EPIPE', 'write EPIPE')],
  [
    'an error of the socket inside of another',
    new Error('it failed', { cause: coded('ECONNRESET', 'read ECONNRESET') }),
  ],
])('away: %s', (_, error) => {
  expect(faultOf(error)).toBe('away');
});

test.each([
  ['a statement that took too long', state('57014')],
  ['a transaction that took too long', coded('P2028')],
  ['a transaction that was lost', coded('P2028', 'Transaction already closed: ECONNRESET')],
])('slow: %s', (_, error) => {
  expect(faultOf(error)).toBe('slow');
});

const unique = (constraint: string) =>
  raw({ originalCode: '23505', kind: 'UniqueConstraintViolation', constraint: { index: constraint } });

test.each([
  ['a value that is there already', state('23505')],
  ['a key that upstream gave', unique('line_items_pkey')],
  ['a value that breaks a check', state('23514')],
  ['a row that is not there', state('23503')],
  ['a missing value', raw({ originalCode: '23502', kind: 'NullConstraintViolation' })],
  ['a number out of range', state('22003')],
  ['text that is too long', raw({ originalCode: '22001', kind: 'LengthMismatch' })],
  ['text that the database cannot hold', state('22021')],
  ['JSON that the database cannot hold', state('22P05')],
  ['a program limit', state('54000')],
  ['an error that names it as meta.code', Object.assign(new Error('no'), { code: 'P2010', meta: { code: '23505' } })],
  ["Prisma's own code for a value that is there already", coded('P2002')],
  ["an order's own text that sounds like an outage", state('23514', 'Failing row contains (o-1, ECONNREFUSED).')],
  ["the same in Prisma's own words", coded('P2023', 'Inconsistent column data: ETIMEDOUT')],
])('data: %s', (_, error) => {
  expect(faultOf(error)).toBe('data');
});

test.each([
  ['a missing right', state('42501')],
  ['a missing column', raw({ originalCode: '42703', kind: 'ColumnNotFound', column: 'note' })],
  ['a missing table', raw({ originalCode: '42P01', kind: 'TableDoesNotExist' })],
  ['a missing function', state('42883')],
  ['a type that was changed', state('42804')],
  ['a plan that is older than its table', state('0A000')],
  ['a sequence that is behind', unique('order_history_pkey')],
  ['the same as pg itself says it', Object.assign(coded('23505'), { constraint: 'parked_messages_pkey' })],
  ['a database that is read only', state('25006')],
  ['a transaction that failed before', state('25P02')],
  ['an object in use', state('55006')],
  ['a disk that fails', state('58030')],
  ['data that is corrupt', state('XX001')],
  ['an internal error', state('XX000')],
  ["an exception of somebody's trigger", state('P0001')],
  ["Prisma's own code for a missing column", coded('P2022')],
  ["Prisma's own code for a missing table", coded('P2021')],
])('broken: %s', (_, error) => {
  expect(faultOf(error)).toBe('broken');
});

test.each([
  ['a raw statement that says no more', coded('P2010')],
  ['a kind that nobody knows', raw({ kind: 'UnsupportedNativeDataType' })],
  ['a fault of ours', new TypeError('undefined is not a function')],
  ['nothing', undefined],
  ['text', 'ECONNREFUSED'],
  ['an error that is its own cause', own()],
])('unknown: %s', (_, error) => {
  expect(faultOf(error)).toBe('unknown');
});

test('only the classes 22, 23 and 54 are ever about the data', () => {
  const classes =
    '00 01 02 03 08 09 0A 0B 0F 0L 0P 0Z 20 21 22 23 24 25 26 27 28 2B 2D 2F 34 38 39 3B 3D 3F 40 42 44 53 54 55 57 58 72 F0 HV P0 XX';
  const ofData = classes.split(' ').filter((one) => faultOf(state(`${one}000`)) === 'data');
  expect(ofData).toEqual(['22', '23', '54']);
});

test('what was refused is named by code and constraint', () => {
  expect(diagnose(unique('order_history_pkey'))).toEqual({
    fault: 'broken',
    state: '23505',
    constraint: 'order_history_pkey',
  });
  expect(diagnose(coded('P2024'))).toEqual({ fault: 'away', state: null, constraint: null });
});

function own(): Error {
  const error = new Error('round and round');
  error.cause = error;
  return error;
}

test('it never throws', () => {
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error('do not look');
      },
    },
  );
  expect(faultOf(hostile)).toBe('unknown');
  expect(faultOf({ cause: hostile, meta: hostile })).toBe('unknown');
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true }), fc.anything(), (code, cause) => {
      expect(['away', 'slow', 'broken', 'data', 'unknown']).toContain(
        faultOf({ code, cause, meta: { driverAdapterError: cause } }),
      );
    }),
  );
});
