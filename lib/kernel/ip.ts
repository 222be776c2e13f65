/** Truncated so that it says roughly where from, and names no household: /24 of IPv4, /48 of IPv6. */
export function truncateIp(ip: string): string | null {
  const plain = ip.replace(/^::ffff:/i, "");
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(plain)) return `${plain.split(".").slice(0, 3).join(".")}.0`;
  if (!plain.includes(":")) return null;
  const [head = "", tail] = plain.split("::");
  const groups = head ? head.split(":") : [];
  const tailGroups = tail ? tail.split(":") : [];
  const full = [...groups, ...Array(Math.max(0, 8 - groups.length - tailGroups.length)).fill("0"), ...tailGroups];
  return `${full.slice(0, 3).join(":")}::`;
}
