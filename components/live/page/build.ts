// Which build of the app this page is; the server says which one it serves.

/** Put here by the build (next.config.js); empty in development, where every page is as new as the server. */
// oxlint-disable-next-line node/no-process-env
export const BUILD = process.env.HEARD_BUILD ?? '';
