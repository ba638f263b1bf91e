// One verdict for each error that a database, its driver or Prisma can throw.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultOf } from './faults.ts';

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
  ['a statement that took too long', state('57014')],
  ['a deadlock', state('40P01')],
  ['no connection left', state('53300')],
  ['a session that idled in its transaction', state('25P03')],
  ['a lock that was not given in time', state('55P03')],
  ['a connection exception', state('08006')],
  ['a password that is wrong', state('28P01')],
  ["Prisma's own code for a wrong password", coded('P1000')],
  ["Prisma's own code for no free connection", coded('P2024')],
  ['a transaction that is over', coded('P2028')],
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
  ['a value that is there already', state('23505')],
  ['a value that breaks a check', state('23514')],
  ['a number out of range', state('22003')],
  ['text that the database cannot hold', state('22021')],
  ['a program limit', state('54000')],
  ['a table that is not there', state('42P01')],
  ['an exception of a trigger', state('P0001')],
  ['an error that names it as meta.code', Object.assign(new Error('no'), { code: 'P2010', meta: { code: '23505' } })],
  ["Prisma's own code for a value that is there already", coded('P2002')],
  ["an order's own text that sounds like an outage", state('23514', 'Failing row contains (o-1, ECONNREFUSED).')],
  ["the same in Prisma's own words", coded('P2023', 'Inconsistent column data: ETIMEDOUT')],
])('refused: %s', (_, error) => {
  expect(faultOf(error)).toBe('refused');
});

test.each([
  ['a transaction that failed before', state('25P02')],
  ['a database that is read only', state('25006')],
  ['an object in use', state('55006')],
  ['a disk that fails', state('58030')],
  ['a fault of ours', new TypeError('undefined is not a function')],
  ['nothing', undefined],
  ['text', 'ECONNREFUSED'],
  ['an error that is its own cause', own()],
])('unknown: %s', (_, error) => {
  expect(faultOf(error)).toBe('unknown');
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
      expect(['away', 'refused', 'unknown']).toContain(faultOf({ code, cause, meta: { driverAdapterError: cause } }));
    }),
  );
});
