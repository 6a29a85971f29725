import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or large packages that Node loads itself; bundling them breaks their binaries or doubles their state.
  serverExternalPackages: ["@node-rs/argon2", "iovalkey", "nodemailer", "pg-boss", "pino", "postgres", "sharp"],
  // Pictures come in the widths that the media job made; the React server never touches their bytes.
  images: { unoptimized: true },
  // Titles come with the page, not after it: between the two a document would have none, which screen readers announce.
  htmlLimitedBots: /.*/,
  // Browsers ask for a new worker whenever they look; it is for the whole site.
  headers: async () => [{ source: "/sw.js", headers: [{ key: "cache-control", value: "no-cache" }, { key: "service-worker-allowed", value: "/" }] }],
  // Types are checked by `npm test` and `npm run typecheck`, once instead of at every build.
  typescript: { ignoreBuildErrors: true },
};

export default config;
