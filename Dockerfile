# Heard's server, and the simulator from the same image (docker-compose.yml). Not tried on a Docker engine yet; its steps were run by hand.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# The embedded PostgreSQL and what only builds and tests need stay behind, but for what packages name as their optional peers.
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm -rf .next/cache

FROM node:22-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build --chown=node:node /app/package.json /app/next.config.js ./
COPY --from=build --chown=node:node /app/node_modules node_modules
COPY --from=build --chown=node:node /app/public public
COPY --from=build --chown=node:node /app/prisma/migrations prisma/migrations
COPY --from=build --chown=node:node /app/.next .next
COPY --from=build --chown=node:node /app/dist dist
USER node
EXPOSE 3000
# Not ready means that the database or the consumer group is away. Compose only shows it; an orchestrator should restart on /livez instead.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1, so that SIGTERM reaches it; stopping takes up to 25 s.
STOPSIGNAL SIGTERM
CMD ["node", "--max-old-space-size=288", "--enable-source-maps", "dist/main.js"]
