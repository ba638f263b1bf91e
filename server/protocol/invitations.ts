// Links that work once: they make an account, give one more roles, or let its owner choose a new password.
import * as z from 'zod/mini';
import { PersonRole } from './domain.ts';

/** An invitation to a restaurant that nobody has accepted yet. `role` is the role there. */
export const OpenInvitation = z.object({
  id: z.string(),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  role: z.nullable(PersonRole),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type OpenInvitation = z.infer<typeof OpenInvitation>;

/** Newest first. */
export const InvitationList = z.object({ invitations: z.array(OpenInvitation) });
export type InvitationList = z.infer<typeof InvitationList>;

/** A new link. The server keeps only its hash, so it is shown this once. `mailed`: an e-mail carries one as well. */
export const MadeLink = z.object({ id: z.string(), link: z.string(), mailed: z.boolean() });
export type MadeLink = z.infer<typeof MadeLink>;

/** The purpose of a link: a new account, more roles for an account that exists, or a new password. */
export const LinkView = z.object({
  kind: z.enum(['new', 'join', 'password']),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  operator: z.boolean(),
  restaurants: z.array(z.string()),
});
export type LinkView = z.infer<typeof LinkView>;

/** The answer to a forgotten password: whether this server sends e-mails, not whether one went out. */
export const LinkAsked = z.object({ mails: z.boolean() });
export type LinkAsked = z.infer<typeof LinkAsked>;
