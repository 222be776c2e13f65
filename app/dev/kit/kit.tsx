"use client";

import { Ellipsis, Pause, Plus } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { AddChip, Chip } from "@/components/ui/chip";
import { CodeBlock } from "@/components/ui/code-block";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyField } from "@/components/ui/copy-field";
import { Delta } from "@/components/ui/delta";
import { Dialog } from "@/components/ui/dialog";
import { Drawer } from "@/components/ui/drawer";
import { IconButton } from "@/components/ui/icon-button";
import { Keys } from "@/components/ui/kbd";
import { Menu } from "@/components/ui/menu";
import { Money } from "@/components/ui/money";
import { Note } from "@/components/ui/note";
import { Pagination } from "@/components/ui/pagination";
import { Popover } from "@/components/ui/popover";
import { Segmented } from "@/components/ui/segmented";
import { Status } from "@/components/ui/status";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { Charts } from "./_parts/charts";
import { BudgetForm, Controls } from "./_parts/forms";
import { Section } from "./_parts/section";
import { States } from "./_parts/states";
import { MessageTable } from "./_parts/tables";

export function Kit() {
  return (
    <main className="mx-auto max-w-[1440px] px-4 pt-8 pb-12 sm:px-10">
      <header className="mb-6 flex flex-wrap items-baseline gap-x-4 gap-y-2">
        <h1>States</h1>
        <p className="mr-auto text-soft">Every part in every state. Same parts, same words, on all screens.</p>
        <ThemePick />
      </header>
      <div className="grid grid-cols-12 gap-x-8">
        <Section
          title="One list, before it has data"
          says="skeleton has the shape of what comes; empty teaches its first act; an error says what is safe and what to do"
        >
          <States />
        </Section>
        <Section title="Buttons" says="30 high, 26 in rows, 44 on a phone; one primary on a screen" span={8}>
          <Buttons />
        </Section>
        <Section title="After an act" says="bottom left, 5 s, or as long as undo lives" span={4}>
          <Acts />
        </Section>
        <Section title="Rows" says="36 high, 30 dense; j k move, x selects, enter opens" span={12}>
          <MessageTable id="kit-short" count={7} hasHotkeys />
        </Section>
        <Section title="Ten thousand rows" says="only what is in sight is drawn" span={12}>
          <MessageTable id="kit-long" count={10_000} hasHotkeys={false} />
        </Section>
        <Section title="A form with an error" says="checked on leaving a field; nothing typed is lost" span={6}>
          <BudgetForm />
        </Section>
        <Section title="Controls" says="labels above, help before the error" span={6}>
          <Controls />
        </Section>
        <Section title="Status" says="a shape and a word, never colour alone" span={4}>
          <Statuses />
        </Section>
        <Section title="Tags, chips, notes" span={4}>
          <Small />
        </Section>
        <Section title="Layers" says="what cannot be undone is typed" span={4}>
          <Layers />
        </Section>
        <Section title="Words and numbers" span={6}>
          <Words />
        </Section>
        <Section title="Secrets and code" span={6}>
          <div className="grid gap-4">
            <CopyField label="API key" value="ms_live_9Qx2dTnW0c4fB7sKuVhL3yRpEaZ1" once />
            <CodeBlock
              label="Ask who you are"
              code={'curl https://madan-sara.example/api/v1/me \\\n  -H "Authorization: Bearer ms_live_..."'}
            />
          </div>
        </Section>
        <Section title="Charts" says="facts in ink, estimates dashed indigo; every chart has its table">
          <Charts />
        </Section>
      </div>
    </main>
  );
}

function ThemePick() {
  const { theme, setTheme } = useTheme();
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return (
    <Segmented
      label="Light or dark"
      value={isReady ? (theme ?? "system") : "system"}
      onChange={setTheme}
      choices={[
        { value: "system", label: "System" },
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ]}
    />
  );
}

function Buttons() {
  const rows = [
    ["Primary", "primary", "Launch to 4,210"],
    ["Second", "second", "Save draft"],
    ["Quiet", "quiet", "Skip"],
    ["Risky", "risky", "Cancel it"],
    ["Final", "risky-solid", "Erase"],
  ] as const;
  return (
    <div className="overflow-x-auto">
      <table className="text-12 text-soft [&_td]:py-1 [&_td]:pr-3.5 [&_th]:pr-3.5 [&_th]:text-left [&_th]:font-normal">
        <thead>
          <tr>
            <td />
            <th scope="col">Rest</th>
            <th scope="col">With a key</th>
            <th scope="col">Busy</th>
            <th scope="col">Off</th>
            <th scope="col">Off, with a reason</th>
            <th scope="col">In a row</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, variant, words]) => (
            <tr key={variant}>
              <th scope="row">{name}</th>
              <td>
                <Button variant={variant}>{words}</Button>
              </td>
              <td>
                <Button variant={variant} keys="c">
                  {words}
                </Button>
              </td>
              <td>
                <Button variant={variant} busy>
                  {words}
                </Button>
              </td>
              <td>
                <Button variant={variant} disabled>
                  {words}
                </Button>
              </td>
              <td>
                <Button variant={variant} offBecause="Only approvers may do this.">
                  {words}
                </Button>
              </td>
              <td>
                <Button variant={variant} size="row">
                  {words}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-3 flex items-center gap-2">
        <Button icon={<Plus aria-hidden="true" />} size="tall">
          New campaign
        </Button>
        <IconButton label="Pause" keys="p" variant="second">
          <Pause aria-hidden="true" />
        </IconButton>
        <IconButton label="More acts">
          <Ellipsis aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}

function Acts() {
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        onClick={() =>
          toast({ text: "3 conversations closed", onUndo: () => toast({ tone: "info", text: "Open again" }) })
        }
      >
        Close three
      </Button>
      <Button
        onClick={() => {
          const id = toast({ tone: "busy", text: "Importing 41,200 of 100,000, about 3 min" });
          setTimeout(() => toast({ id, text: "100,000 imported", seconds: 5 }), 4_000);
        }}
      >
        Import
      </Button>
      <Button
        onClick={() =>
          toast({
            tone: "bad",
            text: "Not saved: Kervens changed this at 09:11",
            act: { label: "See both", run: () => {} },
          })
        }
      >
        Fail
      </Button>
    </div>
  );
}

function Statuses() {
  return (
    <div className="grid grid-cols-2 gap-x-5 gap-y-2">
      <Status tone="waiting" shape="diamond">
        Pending approval
      </Status>
      <Status tone="bad" shape="triangle">
        Failed
      </Status>
      <Status tone="info" shape="ring">
        Scheduled
      </Status>
      <Status tone="quiet" shape="square">
        Blocked by us
      </Status>
      <Status tone="info" shape="half">
        Sending
      </Status>
      <Status tone="quiet" shape="cross">
        Cancelled
      </Status>
      <Status tone="info" shape="full">
        Sent
      </Status>
      <Status tone="quiet" shape="dashed">
        Expired
      </Status>
      <Status tone="good" shape="full">
        Delivered
      </Status>
      <Status tone="quiet" shape="bar">
        Paused
      </Status>
    </div>
  );
}

function Small() {
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap gap-2">
        <Tag>Question</Tag>
        <Tag tone="bad">Complaint</Tag>
        <Tag tone="good">Interested</Tag>
        <Tag tone="waiting">Refund</Tag>
        <Tag tone="info">Order status</Tag>
        <Tag tone="line">Draft</Tag>
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Chip label="Status" value="Bounced" onRemove={() => {}} />
        <Chip label="Since" value="1 Nov" onOpen={() => {}} onRemove={() => {}} />
        <AddChip>Filter</AddChip>
      </div>
      <Note tone="waiting" action={<TextLink href="/dev/kit">See the refusals</TextLink>}>
        <b>374 wait for WhatsApp,</b> paused at 08:52 by the vendor’s speed limit. Email goes on.
      </Note>
      <Note tone="info">The link is good for 15 minutes.</Note>
      <Note tone="good">The chain of the log is unbroken.</Note>
      <Note>Nothing else needs you.</Note>
      <div className="flex items-center gap-2">
        <Avatar name="Rose-Laure Pierre" alone />
        <Avatar name="Rose-Laure Pierre" size="large" alone />
        <Avatar name="Atelye Lakay" square alone />
        <Keys keys="mod+k" />
        <Keys keys="g o" />
      </div>
    </div>
  );
}

function Layers() {
  const [open, setOpen] = useState<"dialog" | "confirm" | "drawer" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setOpen("dialog")}>Dialog</Button>
      <Button variant="risky" onClick={() => setOpen("confirm")}>
        Erase Josette
      </Button>
      <Button onClick={() => setOpen("drawer")}>Drawer</Button>
      <Menu
        label="Acts"
        trigger={<Button>Menu</Button>}
        items={[
          { kind: "label", label: "Message" },
          { label: "Reply", keys: "r", onSelect: () => {} },
          { label: "Approve", offBecause: "Only approvers may", onSelect: () => {} },
          { kind: "line" },
          { label: "Erase", tone: "bad", onSelect: () => setOpen("confirm") },
        ]}
      />
      <Popover label="About the model" trigger={<Button>Popover</Button>}>
        <p>The first touch gets 40 %, the last 40 %, those between share the rest.</p>
      </Popover>
      <Tooltip text="Everyone who could be written to today">
        <Button variant="quiet">Hover me</Button>
      </Tooltip>
      <Dialog
        isOpen={open === "dialog"}
        onClose={close}
        title="Invite someone"
        says="They get a link by mail that is good for seven days."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" onClick={close}>
              Send the invitation
            </Button>
          </>
        }
      >
        <p className="text-13">Whatever the form holds.</p>
      </Dialog>
      <ConfirmDialog
        isOpen={open === "confirm"}
        onClose={close}
        onConfirm={() => new Promise((resolve) => setTimeout(resolve, 700))}
        title="Erase Josette Alcindor"
        says="Her addresses and 31 messages go for good. Counts stay, without her name. Exports already made are not changed."
        typed="Josette Alcindor"
        confirm="Erase"
        keep="Keep her"
      />
      <Drawer
        isOpen={open === "drawer"}
        onClose={close}
        title="Why Josette got this"
        says="Ten steps, as they were decided."
      >
        <p className="text-13">Eligible, active since 2 Nov.</p>
      </Drawer>
    </div>
  );
}

function Words() {
  const [tab, setTab] = useState("all");
  return (
    <div className="grid gap-4">
      <Tabs
        label="Needs"
        panelId="kit-tabs"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: "all", label: "Needs reply", count: 12 },
          { id: "mine", label: "Mine", count: 5 },
          { id: "none", label: "Unassigned" },
        ]}
      />
      <TabPanel id="kit-tabs" value={tab} className="grid gap-3">
        <p className="num text-28 font-semibold tracking-[-0.024em]">
          $27,984 <Delta now={27984} before={23306} className="text-14 font-normal tracking-normal" />
        </p>
        <p>
          <Delta now={140} before={161} /> · <Delta now={3} before={2} /> ·{" "}
          <Delta now={320} before={300} isWelcome="less" />
        </p>
        <p>
          <Money micros={27_984_000_000n} currency="USD" withCode /> · <Money micros={1_400n} currency="USD" /> ·{" "}
          <Money micros={3_600_000_000n} currency="HTG" />
        </p>
        <p className="text-soft">
          <Time at="2026-11-20T14:12:00Z" /> · <Time at="2026-11-20T14:12:00Z" zone="America/Port-au-Prince" /> ·{" "}
          <Time at="2026-11-20T23:00:00Z" zone="America/Port-au-Prince" style="clock" />
        </p>
        <p>
          <TextLink href="/dev/kit">Compare models</TextLink> · a{" "}
          <TextLink href="/dev/kit" look="ink">
            link in a sentence
          </TextLink>{" "}
          ·{" "}
          <TextLink href="/dev/kit" look="name">
            Josette Alcindor
          </TextLink>
        </p>
        <Pagination kind="pages" onNext={() => {}} says="1 to 50" />
      </TabPanel>
    </div>
  );
}
