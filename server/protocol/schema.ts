// A schema of this folder: the type of a value, and the way to read one.
import * as z from 'zod/mini';

export type Schema<T> = z.ZodMiniType<T>;
