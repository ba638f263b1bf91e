// The people of a restaurant as its managers see them, and the person who is signed in.
import * as z from 'zod/mini';
import { PersonRole } from './domain.ts';

/** The person who is signed in. `role` is `operator` in every restaurant of an operator's, of which 200 are listed. */
export const PersonView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  operator: z.boolean(),
  restaurants: z.array(
    z.object({ id: z.string(), name: z.string(), role: z.enum([...PersonRole.options, 'operator']) }),
  ),
});
export type PersonView = z.infer<typeof PersonView>;

/** Somebody who works in a restaurant. An account is one with a password; a PIN is enough for paired screens. */
export const TeamMember = z.object({
  id: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  role: PersonRole,
  hasPin: z.boolean(),
  hasAccount: z.boolean(),
  operator: z.boolean(),
  since: z.string(),
});
export type TeamMember = z.infer<typeof TeamMember>;

/** By name. */
export const TeamList = z.object({ people: z.array(TeamMember) });
export type TeamList = z.infer<typeof TeamList>;

/** The answer to adding a person. */
export const PersonAdded = z.object({ id: z.string() });
