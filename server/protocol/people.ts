// The people of a restaurant as its managers see them, and the signed-in person.
import * as z from 'zod/mini';
import { PersonRole } from './domain.ts';

/** The signed-in person. An operator has the role `operator` in every restaurant; 200 of them are listed. */
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

/** A person of a restaurant's team. An account is one with a password; a PIN is enough for paired screens. */
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
