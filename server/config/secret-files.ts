// Secrets in files, as Docker and Kubernetes hand them over: for each variable NAME that is marked as a secret, NAME_FILE
// may name a file that holds its value.
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigError, type RawEnvironment } from './forms.ts';

const SUFFIX = '_FILE';

/** Marks a variable as a secret. It is the outermost wrapper of a variable's schema, or the mark is not seen. */
export const secret = <T extends z.ZodType>(schema: T): T => schema.meta({ secret: true });

/** The variables of a schema that are secrets. */
export const secretsOf = (schema: z.ZodObject): string[] =>
  Object.entries(schema.shape)
    .filter(([, one]) => (one as z.ZodType).meta()?.['secret'] === true)
    .map(([name]) => name);

export interface Read {
  raw: RawEnvironment;
  /** How an error names the variable: with its file, where the value comes from one. */
  nameOf: (variable: string) => string;
}

/**
 * Replaces each NAME_FILE by the NAME that it stands for. One line break at the end of the file is no part of the value.
 * @throws ConfigError that names the variable and the path, never the content
 */
export function readSecretFiles(schema: z.ZodObject, raw: RawEnvironment): Read {
  const secrets = new Set(secretsOf(schema));
  const read: Record<string, string | undefined> = { ...raw };
  const paths = new Map<string, string>();
  for (const name of Object.keys(schema.shape)) {
    const variable = `${name}${SUFFIX}`;
    const path = raw[variable];
    if (path === undefined) continue;
    if (!secrets.has(name))
      throw new ConfigError(`${variable} is not known: ${name} is no secret, and is set by itself`);
    if (path === '') throw new ConfigError(`${variable} must not be empty`);
    if (raw[name] !== undefined) throw new ConfigError(`${variable} is set, and ${name} as well: set one of them only`);
    const value = contentOf(variable, path).replace(/\r?\n$/, '');
    if (value === '') throw new ConfigError(`${variable} names ${path}, which is empty`);
    read[name] = value;
    paths.set(name, path);
  }
  return {
    raw: read,
    nameOf: (variable) =>
      paths.has(variable) ? `${variable} (by ${variable}${SUFFIX} from ${paths.get(variable)})` : variable,
  };
}

/** @throws ConfigError that names the variable, the path and the reason */
export function contentOf(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${variable} names ${path}, which cannot be read (${reasonOf(error)})`);
  }
}

const REASONS: Partial<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};
function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return REASONS[code] ?? code;
}
