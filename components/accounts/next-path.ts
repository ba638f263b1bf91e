/** A path that begins with one slash: two would be another site. */
const OURS = /^\/(?![/\\])[\w\-./%?=&]*$/;

/** Where to go after signing in. @param asked what the address says, by whomever it was made */
export const nextPath = (asked: unknown): string =>
  typeof asked === 'string' && OURS.test(asked) ? asked : '/manager';
