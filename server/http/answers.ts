// Answers that a page reads: typed by the page's own schema, so that the types fail where the two differ.
import type { Context } from 'hono';
import type { Schema } from '../protocol/schema.ts';

/** A value that becomes a T as JSON: a Date becomes its text, RFC 3339. */
export type Sent<T> = T extends string
  ? string extends T
    ? T | Date
    : T
  : T extends readonly (infer Item)[]
    ? readonly Sent<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Sent<T[Key]> }
      : T;

/** @param _schema of server/protocol, with which the page parses the answer; here it only types the value */
export const answer = <T>(
  c: Context,
  _schema: Schema<T>,
  value: Sent<NoInfer<T>>,
  status: 200 | 201 | 202 = 200,
): Response => c.json(value as object, status);
