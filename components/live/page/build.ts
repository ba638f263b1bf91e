// The build of the app that this page is from. The server tells which build it serves.

/** Inlined by the build (next.config.js). Empty in development, where every page is as new as the server. */
// oxlint-disable-next-line node/no-process-env
export const BUILD = process.env.HEARD_BUILD ?? '';
