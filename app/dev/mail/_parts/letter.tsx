"use client";

import { useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Time } from "@/components/ui/time";
import { lettersDocument, ownLink, textParts } from "./letter-parts";

export type ShownLetter = { id: string; to: string; subject: string; text: string; html: string; at: string };

export function Letter({ letter }: { letter: ShownLetter }) {
  const [part, setPart] = useState<"html" | "text">("html");
  const link = ownLink(letter.text);
  return (
    <article aria-label={letter.subject} className="overflow-hidden rounded-lg border border-line bg-surface">
      <header className="border-b border-line px-4 py-3">
        <h2 className="text-16">{letter.subject}</h2>
        <p className="mt-0.5 text-13 text-soft">
          To {letter.to}, <Time at={letter.at} />
        </p>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {link && (
            <ButtonLink href={link} variant="primary">
              Open its link
            </ButtonLink>
          )}
          <Segmented
            label="Part of the letter"
            choices={[
              { value: "html", label: "As sent" },
              { value: "text", label: "Text part" },
            ]}
            value={part}
            onChange={setPart}
          />
        </div>
      </header>
      {part === "html" ? (
        // No scripts, no forms, no origin of ours; a link that is pressed opens in place of this page.
        <iframe
          key={letter.id}
          title={`Letter: ${letter.subject}`}
          sandbox="allow-top-navigation-by-user-activation"
          srcDoc={lettersDocument(letter.html)}
          className="block h-[420px] w-full bg-white"
        />
      ) : (
        <pre className="overflow-x-auto px-4 py-4 font-mono text-12 leading-5 break-words whitespace-pre-wrap">
          {textParts(letter.text).map((piece, at) =>
            piece.kind === "link" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a letter never move
              <a key={at} href={piece.text} className="under">
                {piece.text}
              </a>
            ) : (
              piece.text
            ),
          )}
        </pre>
      )}
    </article>
  );
}
