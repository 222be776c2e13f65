import { Tag } from "@/components/ui/tag";
import type { Grade } from "@/lib/domain/contacts/vocabulary";

const tones = { A: "good", B: "good", C: "waiting", D: "quiet", E: "quiet", F: "line" } as const;

/** The grade as a letter on its ground: the letter says it, the colour only repeats it. */
export function GradeTag({ grade }: { grade: Grade }) {
  return (
    <span title={`Grade ${grade}`}>
      <Tag tone={tones[grade]}>{grade}</Tag>
    </span>
  );
}
