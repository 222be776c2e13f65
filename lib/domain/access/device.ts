/** "Firefox on Linux": enough to recognise one's own session. Not for statistics. */
export function describeDevice(userAgent: string | null): string {
  if (!userAgent) return "Unknown device";
  const browser = firstMatch(userAgent, [
    [/Edg(e|A|iOS)?\//, "Edge"],
    [/OPR\//, "Opera"],
    [/Firefox|FxiOS/, "Firefox"],
    [/Chrome|CriOS|HeadlessChrome/, "Chrome"],
    [/Safari/, "Safari"],
    [/curl/, "curl"],
  ]);
  const system = firstMatch(userAgent, [
    [/iPhone|iPad/, "iOS"],
    [/Android/, "Android"],
    [/Windows/, "Windows"],
    [/Mac OS X|Macintosh/, "macOS"],
    [/CrOS/, "ChromeOS"],
    [/Linux|X11/, "Linux"],
  ]);
  if (!browser && !system) return "Unknown device";
  return [browser ?? "A program", system && `on ${system}`].filter(Boolean).join(" ");
}

function firstMatch(text: string, table: [RegExp, string][]): string | null {
  return table.find(([pattern]) => pattern.test(text.slice(0, 512)))?.[1] ?? null;
}
