import { ContactName, nameOf } from "@/components/contacts/contact-name";
import { GradeTag } from "@/components/contacts/grade-tag";
import type { Column } from "@/components/data-table/column";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import type { ContactRow } from "@/lib/client/contacts";
import { customerTypeLabels, stageLabels } from "@/lib/domain/contacts/labels";

/** Text of the person's own: cut where it is long, whole on hover, in its own direction. */
function Own({ text, width }: { text: string | null; width: string }) {
  if (!text) return <span className="text-faint max-sm:hidden">—</span>;
  return (
    <span dir="auto" title={text} className={`block truncate ${width}`}>
      {text}
    </span>
  );
}

export const columns: Column<ContactRow>[] = [
  {
    id: "name",
    header: "Name",
    sortable: true,
    card: "title",
    csv: (row) => row.name,
    cell: (row) => <ContactName contact={row} className="sm:max-w-[210px]" />,
  },
  {
    id: "email",
    header: "E-mail",
    card: "bare",
    csv: (row) => row.email,
    cell: (row) => <Own text={row.email} width="sm:max-w-[250px]" />,
  },
  {
    id: "phone",
    header: "Phone",
    isHiddenAtFirst: true,
    card: "off",
    csv: (row) => row.phone,
    cell: (row) => row.phone ?? <span className="text-faint">—</span>,
  },
  {
    id: "type",
    header: "Type",
    width: 92,
    card: "off",
    csv: (row) => customerTypeLabels[row.customerType].label,
    cell: (row) => (
      <span title={customerTypeLabels[row.customerType].says} className="text-soft">
        {customerTypeLabels[row.customerType].label}
      </span>
    ),
  },
  {
    id: "stage",
    header: "Stage",
    width: 104,
    card: "bare",
    csv: (row) => stageLabels[row.stage],
    cell: (row) => <span className="text-soft">{stageLabels[row.stage]}</span>,
  },
  {
    id: "score",
    header: "Score",
    width: 84,
    align: "right",
    sortable: true,
    card: "end",
    csv: (row) => row.score,
    cell: (row) => (
      <span className="inline-flex items-center gap-2">
        <span className="text-soft">{row.score}</span>
        <GradeTag grade={row.grade} />
      </span>
    ),
  },
  {
    id: "tags",
    header: "Tags",
    card: "off",
    csv: (row) => row.tags.join(", "),
    cell: (row) => <TagList tags={row.tags} />,
  },
  {
    id: "company",
    header: "Company",
    isHiddenAtFirst: true,
    card: "off",
    csv: (row) => row.company,
    cell: (row) => <Own text={row.company} width="sm:max-w-[130px]" />,
  },
  {
    id: "owner",
    header: "Owner",
    card: "off",
    csv: (row) => row.owner?.name,
    cell: (row) => <Own text={row.owner?.name ?? null} width="sm:max-w-[130px]" />,
  },
  {
    id: "created",
    header: "Created",
    width: 116,
    align: "right",
    sortable: true,
    card: "off",
    csv: (row) => new Date(row.createdAt),
    cell: (row) => <Time at={row.createdAt} className="text-soft" />,
  },
  {
    id: "updated",
    header: "Changed",
    width: 116,
    align: "right",
    isHiddenAtFirst: true,
    card: "off",
    csv: (row) => new Date(row.updatedAt),
    cell: (row) => <Time at={row.updatedAt} className="text-soft" />,
  },
];

/** Two in full, the rest as a number that names them on hover. */
function TagList({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return <span className="text-faint">—</span>;
  return (
    <span className="flex max-w-[190px] items-center gap-1" title={tags.join(", ")}>
      {tags.slice(0, 2).map((tag) => (
        <span
          key={tag}
          dir="auto"
          className="min-w-0 truncate rounded-sm bg-quiet-soft px-1.5 text-12 leading-5 text-soft"
        >
          {tag}
        </span>
      ))}
      {tags.length > 2 && <Tag tone="line">+{tags.length - 2}</Tag>}
    </span>
  );
}

export const rowId = (row: ContactRow) => row.id;
export const rowLabel = (row: ContactRow) => nameOf(row);
