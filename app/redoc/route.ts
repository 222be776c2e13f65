/** The address that earlier callers know for the reference. */
export function GET(): Response {
  return new Response(null, { status: 308, headers: { location: "/docs" } });
}
