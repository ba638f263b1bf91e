// An order's version: a whole number from 0 to 2^63-1. A number of JavaScript is exact up to 2^53-1. A higher version is
// the text of its digits, in memory as in JSON, so that none of them is lost on the way. Each version has one form: two
// are the same if they are equal.
import * as z from 'zod/mini';

export const Version = z.union([z.number(), z.string()]);
export type Version = z.infer<typeof Version>;
