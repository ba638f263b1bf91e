// SQL that puts a version (server/protocol/version.ts) into JSON.
import { Prisma } from './client.ts';

/** @param column a bigint, such as `o.version` */
export const versionJsonText = (column: string): string =>
  `CASE WHEN ${column} > ${Number.MAX_SAFE_INTEGER} THEN to_json(${column}::text) ELSE to_json(${column}) END`;

export const versionJson = (column: string): Prisma.Sql => Prisma.raw(versionJsonText(column));
