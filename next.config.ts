import type { NextConfig } from "next";

/** On every answer, whatever made it. The content security policy is not here: it needs a nonce, so proxy.ts sets it. */
const securityHeaders = [
  { key: "strict-transport-security", value: "max-age=31536000; includeSubDomains" },
  { key: "x-content-type-options", value: "nosniff" },
  { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
  { key: "x-frame-options", value: "DENY" },
  { key: "permissions-policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "cross-origin-opener-policy", value: "same-origin" },
  { key: "cross-origin-resource-policy", value: "same-origin" },
];

const config: NextConfig = {
  reactCompiler: true,
  typedRoutes: true,
  poweredByHeader: false,
  // `npm run check` and `npm test` check the types of everything; a fault in a test must not keep the product from starting.
  typescript: { ignoreBuildErrors: true },
  experimental: { authInterrupts: true },
  // Nothing is optimised by fetching: what an image address could make the server fetch is a hole of its own (B10).
  images: { unoptimized: true },
  serverExternalPackages: ["pino", "postgres", "nodemailer", "prom-client", "@zxcvbn-ts/language-common"],
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default config;
