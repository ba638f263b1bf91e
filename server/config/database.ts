// The variables of the database: where it is, where it is past a pooler, and how many connections a process may have.
import { DatabaseUrlError, readDatabaseUrl } from './database-url.mjs';
import { text, whole } from './forms.ts';
import { secret } from './secret-files.ts';

const databaseUrl = text.superRefine((value, context) => {
  const refuse = (message: string) => context.addIssue({ code: 'custom', message });
  const filled = value.replace('@/', '@localhost/');
  const url = URL.canParse(filled) ? new URL(filled) : undefined;
  if (!url || !['postgresql:', 'postgres:'].includes(url.protocol) || !(url.hostname || url.searchParams.get('host')))
    return refuse('must be a URL such as postgresql://user:password@host:5432/heard');
  try {
    readDatabaseUrl(value);
  } catch (error) {
    if (!(error instanceof DatabaseUrlError)) throw error;
    refuse(error.message);
  }
});

export const databaseVariables = {
  DATABASE_URL: secret(databaseUrl),
  DATABASE_DIRECT_URL: secret(databaseUrl.optional()),
  DATABASE_POOL_MAX: whole(2, 1000).default(10),
};

/** The database as the operators' tools and everything that needs a session reach it. */
export const sessionUrlOf = (env: { DATABASE_URL: string; DATABASE_DIRECT_URL?: string | undefined }): string =>
  env.DATABASE_DIRECT_URL ?? env.DATABASE_URL;

export interface DatabasePool {
  url: string;
  /** The URL leads to a pooler in transaction mode, since the database itself has another one. */
  pooled: boolean;
  max: number;
}

export const databasePoolOf = (env: {
  DATABASE_URL: string;
  DATABASE_DIRECT_URL?: string | undefined;
  DATABASE_POOL_MAX: number;
}): DatabasePool => ({
  url: env.DATABASE_URL,
  pooled: env.DATABASE_DIRECT_URL !== undefined,
  max: env.DATABASE_POOL_MAX,
});
