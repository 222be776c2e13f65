"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTheme } from "next-themes";
import { useEffect, useMemo, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { zoneChoices } from "@/components/access/zones";
import { Combobox } from "@/components/ui/combobox";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Band } from "@/components/ui/page-head";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { absoluteTime, zonePlace } from "@/components/ui/time-words";
import { toast } from "@/components/ui/toast";
import { changeMe, type Me, type MeChanges, meQuery } from "@/lib/client/access";

const locales = [
  { value: "en", label: "English" },
  { value: "en-US", label: "English, United States" },
  { value: "fr", label: "French" },
  { value: "fr-HT", label: "French, Haiti" },
  { value: "fr-CA", label: "French, Canada" },
  { value: "ht", label: "Haitian Creole" },
  { value: "es", label: "Spanish" },
  { value: "pt-BR", label: "Portuguese, Brazil" },
  { value: "de", label: "German" },
  { value: "nl", label: "Dutch" },
];

const ofWorkspace = "workspace";

export function Profile() {
  const { tenantUuid, person } = useSignedIn();
  const client = useQueryClient();
  // What undo brought back, straight from its answer: the form begins again with it.
  const [restored, setRestored] = useState<{ person: Me["person"]; times: number }>({ person: null, times: 0 });
  const shown = restored.person ?? person;

  const save = async (changes: MeChanges) => {
    const me = await changeMe(changes);
    client.setQueryData(meQuery(tenantUuid).queryKey, me);
    void client.invalidateQueries({ queryKey: [tenantUuid, "members"] });
    return me;
  };
  const undo = async (changes: MeChanges) => {
    try {
      const me = await save(changes);
      setRestored(({ times }) => ({ person: me.person, times: times + 1 }));
      toast({ tone: "info", text: "Your profile is as it was" });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "Not undone." });
    }
  };

  return (
    <>
      <Form
        key={restored.times}
        className="!gap-0"
        shape={{
          safeParse: (values) =>
            String((values as { name?: unknown }).name ?? "").trim()
              ? { success: true }
              : {
                  success: false,
                  error: { issues: [{ path: ["name"], message: "Colleagues need to know who you are." }] },
                },
        }}
        onSubmit={async (values) => {
          const wanted = {
            name: String(values.name).trim(),
            locale: String(values.locale),
            timeZone: values.timeZone === ofWorkspace || !values.timeZone ? null : String(values.timeZone),
          };
          const names = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
            (name) => wanted[name] !== person[name],
          );
          const pick = (from: typeof wanted): MeChanges => Object.fromEntries(names.map((name) => [name, from[name]]));
          if (names.length === 0) {
            toast({ tone: "info", text: "Nothing was different" });
            return;
          }
          const before = pick({ name: person.name, locale: person.locale, timeZone: person.timeZone });
          await save(pick(wanted));
          toast({ text: "Profile saved", onUndo: () => void undo(before) });
        }}
      >
        <Band title="Who you are" says="The same in all your workspaces. Colleagues see it.">
          <div className="grid max-w-[440px] gap-3.5">
            <Field name="name" label="Name" required>
              <Input defaultValue={shown.name} maxLength={120} autoComplete="name" />
            </Field>
            <Field name="email" label="E-mail" help="You sign in with it. It cannot be changed here yet.">
              <Input value={person.email} readOnly type="email" className="!bg-sunken" />
            </Field>
          </div>
        </Band>
        <Band title="How you read" says="Only for you. Texts are in English; dates and numbers follow your language.">
          <div className="grid max-w-[440px] gap-3.5">
            <Field name="locale" label="Language of dates and numbers">
              <Select
                defaultValue={shown.locale}
                choices={
                  locales.some((each) => each.value === shown.locale)
                    ? locales
                    : [{ value: shown.locale, label: shown.locale }, ...locales]
                }
              />
            </Field>
            <ZoneField chosen={shown.timeZone} />
          </div>
        </Band>
        <div className="border-t border-line py-4 md:pl-[196px]">
          <FormActions className="!mt-0">
            <SubmitButton busyLabel="Saving">Save your profile</SubmitButton>
          </FormActions>
        </div>
      </Form>
      <div className="border-t border-line pt-5">
        <Band title="How it looks" says="In this browser. Takes effect at once.">
          <ThemeChoice />
        </Band>
      </div>
    </>
  );
}

function ZoneField({ chosen }: { chosen: string | null }) {
  const { workspace, person } = useSignedIn();
  const [zone, setZone] = useState<string | null>(chosen ?? ofWorkspace);
  const choices = useMemo(
    () => [
      { value: ofWorkspace, label: `As the workspace: ${zonePlace(workspace.timeZone)}`, hint: "" },
      ...zoneChoices(chosen, new Date()),
    ],
    [workspace.timeZone, chosen],
  );
  const timeZone = zone === ofWorkspace || !zone ? workspace.timeZone : zone;
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const locale = person.locale === "en" ? "en-GB" : person.locale;
  return (
    <Field
      name="timeZone"
      label="Time zone"
      help={now ? <span className="num">There it is {absoluteTime(now, { locale, timeZone })}.</span> : "\u00a0"}
    >
      <Combobox choices={choices} value={zone} onChange={setZone} placeholder="Find a city" />
    </Field>
  );
}

function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  // The server cannot know what this browser keeps: until it is read, the choice is the usual one.
  const [isRead, setRead] = useState(false);
  useEffect(() => setRead(true), []);
  return (
    <Segmented
      label="Light or dark"
      value={isRead ? (theme ?? "system") : "system"}
      onChange={setTheme}
      choices={[
        { value: "system", label: "As the system" },
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ]}
    />
  );
}
