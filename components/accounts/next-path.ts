/** A path that begins with one slash: two would be another site. */
const OURS = /^\/(?![/\\])[\w\-./%?=&]*$/;

/** The page to show after signing in. @param asked the path in the address, which anybody may have made up */
export const nextPath = (asked: unknown): string =>
  typeof asked === 'string' && OURS.test(asked) ? asked : '/manager';
