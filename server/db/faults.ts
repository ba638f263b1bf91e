// What kind of failure a database error is: of the connection or the moment (try again), or of the data (it will be
// refused again).
import { Prisma } from './generated/client.ts';

/**
 * Prisma's codes for: not reachable, timed out, connection closed, no connection free, transaction lost, write conflict
 * or deadlock.
 */
const passing = new Set(['P1000', 'P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);
/**
 * SQLSTATE classes that pass: connection, transaction state, rollback, resources, object in use, operator intervention,
 * system.
 */
const passingClasses = /^(08|25|40|53|55|57|58)/;

/**
 * True when trying the same again will fail again: the database refused this very data, or the statement. What it does
 * not say so of may pass by itself. Never throws.
 */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  if (passing.has(error.code)) return false;
  const state = sqlState(error);
  return state ? !passingClasses.test(state) : error.code.startsWith('P20');
}

function sqlState(error: Prisma.PrismaClientKnownRequestError): string | undefined {
  const meta = error.meta as
    | { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown; code?: unknown } } }
    | undefined;
  const found = meta?.driverAdapterError?.cause?.originalCode ?? meta?.driverAdapterError?.cause?.code ?? meta?.code;
  return typeof found === 'string' ? found : undefined;
}
