import type { NextConfig } from "next";

/** On every answer, whatever made it. A page's content security policy is not here: it needs a nonce, so proxy.ts sets it. */
const securityHeaders = [
  { key: "strict-transport-security", value: "max-age=31536000; includeSubDomains" },
  { key: "x-content-type-options", value: "nosniff" },
  { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
  { key: "x-frame-options", value: "DENY" },
  { key: "permissions-policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "cross-origin-opener-policy", value: "same-origin" },
  { key: "cross-origin-resource-policy", value: "same-origin" },
];

const inert = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const config: NextConfig = {
  reactCompiler: true,
  typedRoutes: true,
  poweredByHeader: false,
  // `npm run check` and `npm test` check the types of everything; a fault in a test must not keep the product from starting.
  typescript: { ignoreBuildErrors: true },
  experimental: { authInterrupts: true },
  // Nothing is optimised by fetching: what an image address could make the server fetch is a hole of its own (B10).
  images: { unoptimized: true },
  serverExternalPackages: ["pino", "postgres", "nodemailer", "prom-client", "@zxcvbn-ts/language-common", "inngest"],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // Nothing under /api is a page: whatever a browser is made to take it for, it runs and loads nothing.
    { source: "/api/:path*", headers: [{ key: "content-security-policy", value: inert }] },
  ],
};

export default config;
