// Reads one Kafka record: an OrderEvent, or the reason why it can never be applied. Never throws.
import { hash } from 'node:crypto';
import type { UpstreamStatus } from '../protocol/status.ts';
import type { Version } from '../protocol/version.ts';
import { versionOf } from './version.ts';
import { parseExactly } from './exact-json.ts';

/** Where a record stands. Offsets mean something only within one incarnation of the topic. */
export interface Position {
  incarnationId: number;
  partition: number;
  offset: number;
}

export interface OrderEvent {
  orderId: string;
  status: UpstreamStatus;
  version: Version | null;
  /** As the message says. The fetched order decides. */
  restaurantId: string | null;
  /**
   * When upstream sent it, in ms since 1970: as it says, or as the topic says where that is earlier (a copy to another
   * cluster keeps neither for sure). Null where nothing says it.
   */
  sentAt: number | null;
  position: Position;
  /** A hash of the value's bytes. Two records with the same digest are one message, delivered twice. */
  digest: string;
}

export interface RawRecord {
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
  /** In ms since 1970, as the topic has it. */
  timestamp?: number;
}

export type Reading = { ok: true; event: OrderEvent } | { ok: false; reason: string };

/** A byte order mark at the beginning is read over. */
const utf8 = new TextDecoder('utf-8', { fatal: true });
const MAX_CHARS = 64;

export const positionKey = (position: Position): string =>
  `${position.incarnationId}/${position.partition}/${position.offset}`;

export function readRecord(record: RawRecord, position: Position, appEnv: string): Reading {
  const rejected = (reason: string): Reading => ({ ok: false, reason });
  const { key, value, headers } = record;
  const foreign = foreignEnvironment(headers['env'], appEnv);
  if (foreign !== undefined) return rejected(`its header env is ${foreign}, and this environment is ${appEnv}`);
  if (value === null) return rejected('its value is null');
  let body: unknown;
  try {
    body = parseExactly(utf8.decode(value));
  } catch (error) {
    return rejected(error instanceof TypeError ? 'its value is not UTF-8' : 'its value is not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return rejected('its value is not a JSON object');
  const { id, status, version, restaurantId, occurredAt } = body as Record<string, unknown>;
  const badId = textFault('id', id);
  if (badId) return rejected(badId);
  if (typeof status !== 'string' || status.length < 1 || status.length > MAX_CHARS)
    return rejected(`status must be a string of 1 to ${MAX_CHARS} characters`);
  const exact = versionOf(version);
  if (version !== undefined && exact === null) return rejected('version must be a whole number from 0 to 2^63-1');
  const badRestaurant = restaurantId === undefined ? undefined : textFault('restaurantId', restaurantId);
  if (badRestaurant) return rejected(badRestaurant);
  if (key === null) return rejected('its key is missing; it must be the id');
  if (!key.equals(Buffer.from(id as string, 'utf8'))) return rejected('its key is not equal to id');
  return {
    ok: true,
    event: {
      orderId: id as string,
      status: status.toWellFormed().replaceAll('\0', '\uFFFD'),
      version: exact,
      restaurantId: (restaurantId as string | undefined) ?? null,
      sentAt: earliest(typeof occurredAt === 'string' ? Date.parse(occurredAt) : undefined, record.timestamp),
      position,
      digest: digestOf(value),
    },
  };
}

/** A time that an order platform can mean. Others, such as -1 for none or one in nanoseconds, say nothing. */
export const isTime = (ms: number | undefined): ms is number =>
  ms !== undefined && ms >= Date.UTC(2000) && ms < Date.UTC(2200);

function earliest(...times: (number | undefined)[]): number | null {
  const known = times.filter(isTime);
  return known.length ? Math.min(...known) : null;
}

function digestOf(value: Buffer): string {
  return hash('sha256', value, 'hex').slice(0, 32);
}

/** Ids become keys in the database and parts of URLs: no NUL, no lone surrogate, a bounded size. */
function textFault(name: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return `${name} must be a string`;
  if (value.length < 1 || value.length > MAX_CHARS * 2 || [...value].length > MAX_CHARS)
    return `${name} must have 1 to ${MAX_CHARS} characters`;
  if (value.includes('\0')) return `${name} has a NUL character`;
  if (!value.isWellFormed()) return `${name} has a lone surrogate`;
  return undefined;
}

/** The header's value where it is not ours; a header given several times must say the same each time. */
function foreignEnvironment(header: RawRecord['headers'][string], appEnv: string): string | undefined {
  const values = (header === undefined ? [] : [header].flat()).map((value) => value.toString());
  const other = values.find((value) => value !== appEnv);
  return other === undefined ? undefined : JSON.stringify(other.slice(0, MAX_CHARS));
}
