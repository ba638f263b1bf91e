// Next.js renders the pages; the server in server/ owns the process and its port.

// Made from the sources by scripts/build.mjs: the server tells it to pages, and a page of another build loads itself
// anew.
const build = process.env.HEARD_BUILD;

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  ...(build && { generateBuildId: () => build, env: { HEARD_BUILD: build } }),
  reactStrictMode: true,
  // Messages reach the browser compiled (components/i18n): without this it would be sent a parser of ICU messages as
  // well. And of zod it is sent what is called (scripts/slim-zod.mjs).
  turbopack: {
    resolveAlias: {
      'use-intl/format-message': 'use-intl/format-message/format-only',
      ...(build && { 'zod/mini': './dist/zod-mini.js' }),
    },
  },
  // On the server the Pages Router would else load it from node_modules, where that alias does not hold, and could not
  // read its messages.
  transpilePackages: ['use-intl'],
  // A device opens one page again and again: few large files, which compress better together, are worth more to it than
  // parts shared with other pages.
  experimental: {
    turbopackChunking: {
      requestCost: 5_000_000,
      minChunkSize: 500_000,
      maxMergeChunkSize: 5_000_000,
      maxChunkCountPerGroup: 4,
      firstPageLoadPriority: 1,
    },
  },
  // Types of the whole project are checked by `npm run typecheck`, once: a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // The development server otherwise refuses its own scripts to a browser that opened 127.0.0.1 instead of localhost.
  allowedDevOrigins: ['127.0.0.1'],
};
