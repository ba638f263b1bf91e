// Next.js renders the pages; the server in server/ owns the process and its port.

// A build id that scripts/build.mjs derives from the sources. The server tells it to pages, and a page of another build
// reloads itself.
const build = process.env.HEARD_BUILD;

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  ...(build && { generateBuildId: () => build, env: { HEARD_BUILD: build } }),
  reactStrictMode: true,
  // Messages reach the browser compiled (components/i18n). Without this alias the browser would also be sent a parser of
  // ICU messages, 8 KB gzipped.
  turbopack: {
    resolveAlias: {
      'use-intl/format-message': 'use-intl/format-message/format-only',
      // The functions of zod that pages use (scripts/zod-bundle.mjs). In development all of zod is there.
      ...(build && { 'zod/mini': './dist/zod-mini.js' }),
    },
  },
  // Otherwise the Pages Router would load use-intl from node_modules on the server, where that alias does not hold, and
  // could not read its messages.
  transpilePackages: ['use-intl'],
  // `npm run typecheck` checks the types of the whole project once, so a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // The development server otherwise refuses its own scripts to a browser that opened 127.0.0.1 instead of localhost.
  allowedDevOrigins: ['127.0.0.1'],
};
