import type { Mail, MailOutcome } from "@/lib/domain/access/ports";
import type { Call } from "../context";

/** One action, one link, plain words; the text part says all that the HTML part says. */
export type Letter = { subject: string; lines: string[]; action?: { label: string; path: string }; footer: string };

export function writeLetter(to: string, letter: Letter, publicUrl: string, idempotencyKey: string): Mail {
  const address = letter.action ? `${publicUrl}${letter.action.path}` : null;
  const text = [
    ...letter.lines,
    ...(letter.action ? [`${letter.action.label}: ${address}`] : []),
    "-- ",
    letter.footer,
  ];
  const paragraph = (line: string) =>
    `<p style="margin:0 0 14px;font:15px/23px system-ui,sans-serif;color:#2b2521">${escapeHtml(line)}</p>`;
  const button =
    letter.action && address
      ? `<p style="margin:22px 0"><a href="${escapeHtml(address)}" style="display:inline-block;padding:9px 16px;border-radius:6px;background:#c2410c;color:#ffffff;font:500 14px/20px system-ui,sans-serif;text-decoration:none">${escapeHtml(letter.action.label)}</a></p>`
      : "";
  const html = `<!doctype html><html lang="en"><body style="margin:0;padding:28px 16px;background:#fbfaf7"><div style="max-width:520px;margin:0 auto">${letter.lines.map(paragraph).join("")}${button}<p style="margin:26px 0 0;font:13px/19px system-ui,sans-serif;color:#6b625b">${escapeHtml(letter.footer)}</p></div></body></html>`;
  return { to, subject: letter.subject, text: text.join("\n\n"), html, idempotencyKey };
}

export function sendLetter(call: Call, to: string, letter: Letter, idempotencyKey: string): Promise<MailOutcome> {
  return call.ports.mailer.send(writeLetter(to, letter, call.ports.publicUrl, idempotencyKey));
}

/** Where a newcomer without a mail provider finds what we would have sent. */
export function boxAddress(call: Call): string | null {
  return call.ports.mailer.kind === "box" ? "/dev/mail" : null;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
