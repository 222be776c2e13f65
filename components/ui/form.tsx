"use client";

import {
  type ComponentProps,
  createContext,
  type FormEvent,
  Fragment,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { FieldContext } from "./field-context";
import {
  type Faults,
  type FormShape,
  type FormValues,
  faultsFromShape,
  type Refused,
  refusedFields,
} from "./form-faults";
import { Note } from "./note";

type FormState = {
  faults: Faults;
  isBusy: boolean;
  register: (name: string, label: string) => () => void;
  leave: (name: string) => void;
  touch: (name: string) => void;
  idOf: (name: string) => string;
};

const FormContext = createContext<FormState | null>(null);

export type FormProps = {
  /** Throw to refuse: faults go to their fields, the rest above the form. What was typed stays. */
  onSubmit: (values: FormValues, form: HTMLFormElement) => Promise<unknown> | unknown;
  /** Checked on leaving a field and before sending. */
  shape?: FormShape;
  /** A name under which what was typed survives a reload. Secrets are never kept. */
  keepAs?: string;
  /** Start again with empty fields after it went well. */
  clearAfter?: boolean;
  children: ReactNode;
} & Omit<ComponentProps<"form">, "onSubmit" | "children" | "action">;

/** Nothing typed is lost: fields are the browser's own, so an error or a second render cannot empty them. */
export function Form({ onSubmit, shape, keepAs, clearAfter = false, children, className, ...rest }: FormProps) {
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const labels = useRef(new Map<string, string>());
  const [faults, setFaults] = useState<Faults>({});
  const [refused, setRefused] = useState<Pick<Refused, "general" | "requestId"> | null>(null);
  /** The names in the summary: fixed at sending, so that it does not jump while one puts things right. */
  const [summary, setSummary] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const busyNow = useRef(false);
  const summaryBox = useRef<HTMLDivElement>(null);
  /** What only the server could find wrong: the shape knows nothing of it, so leaving the field proves nothing. */
  const told = useRef<Faults>({});

  useKept(form, keepAs);

  const idOf = useCallback((name: string) => `${formId}-${name}`, [formId]);
  const register = useCallback((name: string, label: string) => {
    labels.current.set(name, label);
    return () => {
      labels.current.delete(name);
    };
  }, []);
  const touch = useCallback((name: string) => {
    setFaults((now) => {
      if (!(name in now)) return now;
      const { [name]: _gone, ...others } = now;
      return others;
    });
    setSummary((now) => (now.includes(name) ? now.filter((other) => other !== name) : now));
  }, []);
  const leave = useCallback(
    (name: string) => {
      if (!shape || !form.current) return;
      const values = valuesOf(form.current);
      // An empty field that was only passed through is not yet wrong.
      if (values[name] === "" || values[name] === undefined) return;
      const message = faultsFromShape(shape, values)[name];
      setFaults((now) => {
        if (message) return { ...now, [name]: message };
        if (!(name in now) || now[name] === told.current[name]) return now;
        const { [name]: _gone, ...others } = now;
        return others;
      });
    },
    [shape],
  );

  const state = useMemo<FormState>(
    () => ({ faults, isBusy, register, leave, touch, idOf }),
    [faults, isBusy, register, leave, touch, idOf],
  );

  const refuse = (wrong: Faults, general: Pick<Refused, "general" | "requestId"> | null) => {
    setFaults(wrong);
    const order = [...labels.current.keys()].filter((name) => name in wrong);
    setSummary(order.length > 0 ? order : Object.keys(wrong));
    setRefused(general);
    requestAnimationFrame(() => summaryBox.current?.focus());
  };

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busyNow.current || !form.current) return;
    const values = valuesOf(form.current);
    told.current = {};
    if (shape) {
      const wrong = faultsFromShape(shape, values);
      if (Object.keys(wrong).length > 0) return refuse(wrong, null);
    }
    busyNow.current = true;
    setBusy(true);
    setSummary([]);
    setRefused(null);
    try {
      await onSubmit(values, form.current);
      forget(keepAs);
      setFaults({});
      if (clearAfter) form.current?.reset();
    } catch (error) {
      const answer = refusedFields(error, new Set(labels.current.keys()));
      told.current = answer.faults;
      refuse(answer.faults, answer.general ? answer : null);
    }
    busyNow.current = false;
    setBusy(false);
  };

  const wrong = summary.filter((name) => name in faults);
  return (
    <FormContext value={state}>
      <form
        ref={form}
        noValidate
        onSubmit={send}
        aria-busy={isBusy || undefined}
        className={cn("grid gap-3.5", className)}
        {...rest}
      >
        {(wrong.length > 0 || refused) && (
          <div ref={summaryBox} tabIndex={-1} role="alert" className="rounded-md">
            <Note tone="bad">
              {refused?.general && (
                <p>
                  {refused.general}
                  {refused.requestId && <span className="ml-1.5 font-mono text-12 text-soft">{refused.requestId}</span>}
                </p>
              )}
              {wrong.length > 0 && (
                <p>
                  {wrong.length === 1 ? "One thing to put right: " : `${wrong.length} things to put right: `}
                  {wrong.map((name, at) => (
                    <Fragment key={name}>
                      {at > 0 && (at === wrong.length - 1 ? " and " : ", ")}
                      <a
                        href={`#${idOf(name)}`}
                        className="under inline-block rounded-sm"
                        onClick={(event) => {
                          event.preventDefault();
                          focusField(form.current, idOf(name), name);
                        }}
                      >
                        {lowerFirst(labels.current.get(name) ?? name)}
                      </a>
                    </Fragment>
                  ))}
                  .
                </p>
              )}
            </Note>
          </div>
        )}
        {children}
      </form>
    </FormContext>
  );
}

/** Label above, help below it in place until an error takes its stead: beside the field, and read out with it. */
export function Field({
  name,
  label,
  help,
  error,
  optional = false,
  required = false,
  className,
  children,
}: {
  name: string;
  label: string;
  help?: ReactNode;
  /** For a field outside a `Form`, or one whose form has its own idea. */
  error?: string | undefined;
  optional?: boolean;
  required?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const form = useContext(FormContext);
  const own = useId();
  const id = form ? form.idOf(name) : own;
  const register = form?.register;
  useEffect(() => register?.(name, label), [register, name, label]);

  const message = error ?? form?.faults[name];
  const wiring = useMemo(
    () => ({
      id,
      name,
      describedBy: message ? `${id}-error` : help ? `${id}-help` : undefined,
      isWrong: Boolean(message),
      isRequired: required,
    }),
    [id, name, message, help, required],
  );
  return (
    <FieldContext value={wiring}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to what happens in its control */}
      <div
        className={cn("flex min-w-0 flex-col gap-1", className)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) form?.leave(name);
        }}
        onInput={() => form?.touch(name)}
      >
        <label id={`${id}-label`} htmlFor={id} className="text-13 font-medium">
          {label}
          {optional && <span className="ml-1.5 text-12 font-normal text-faint">if you like</span>}
        </label>
        {children}
        {message ? (
          <p id={`${id}-error`} className="flex items-start gap-1.5 text-12 text-bad">
            <svg
              viewBox="0 0 12 12"
              aria-hidden="true"
              className="mt-0.5 size-3 flex-none"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.4"
              strokeLinejoin="round"
              strokeLinecap="round"
            >
              <path d="M6 1.500 11 10.500H1zM6 5v2.300M6 8.900h.01" />
            </svg>
            <span>{message}</span>
          </p>
        ) : (
          help && (
            <p id={`${id}-help`} className="text-12 text-soft">
              {help}
            </p>
          )
        )}
      </div>
    </FieldContext>
  );
}

/** The one primary act of the form around it. */
export function SubmitButton({ children, busyLabel, ...rest }: ComponentProps<typeof Button> & { busyLabel?: string }) {
  const form = useContext(FormContext);
  const isBusy = rest.busy ?? form?.isBusy ?? false;
  return (
    <Button variant="primary" {...rest} type="submit" busy={isBusy}>
      {isBusy && busyLabel ? busyLabel : children}
    </Button>
  );
}

/** Acts at the foot of a form: the primary one first, in reading order. */
export function FormActions({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn("mt-1 flex flex-wrap items-center gap-2", className)}>{children}</div>;
}

/** What the form holds: a lone checkbox is yes or no, a group of them a list. */
export function valuesOf(form: HTMLFormElement): FormValues {
  const values: FormValues = {};
  for (const element of form.elements) {
    if (
      !(
        element instanceof HTMLInputElement ||
        element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement
      )
    )
      continue;
    const { name } = element;
    if (!name || element.disabled) continue;
    if (element instanceof HTMLInputElement && element.type === "checkbox") {
      const sameName = form.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`).length;
      if (sameName === 1 && !element.hasAttribute("value")) values[name] = element.checked;
      else {
        const list = Array.isArray(values[name]) ? values[name] : [];
        values[name] = element.checked ? [...list, element.value] : list;
      }
    } else if (element instanceof HTMLInputElement && element.type === "radio") {
      if (element.checked) values[name] = element.value;
    } else if (element instanceof HTMLSelectElement && element.multiple) {
      values[name] = [...element.selectedOptions].map((option) => option.value);
    } else values[name] = element.value;
  }
  return values;
}

function focusField(form: HTMLFormElement | null, id: string, name: string): void {
  const target = document.getElementById(id) ?? form?.querySelector(`[name="${CSS.escape(name)}"]`);
  if (target instanceof HTMLElement) {
    target.focus();
    target.scrollIntoView({ block: "center" });
  }
}

function lowerFirst(label: string): string {
  // "API key" and "URL" keep their capitals; "Daily limit" reads on in the sentence.
  return /^[A-Z][a-z]/.test(label) ? label[0]?.toLowerCase() + label.slice(1) : label;
}

const keptPrefix = "ms:form:";

function forget(keepAs: string | undefined): void {
  if (keepAs) sessionStorage.removeItem(keptPrefix + keepAs);
}

function useKept(form: React.RefObject<HTMLFormElement | null>, keepAs: string | undefined): void {
  useEffect(() => {
    const element = form.current;
    if (!element || !keepAs) return;
    const key = keptPrefix + keepAs;
    restore(element, sessionStorage.getItem(key));
    const save = () => {
      const values = valuesOf(element);
      for (const secret of element.querySelectorAll<HTMLInputElement>('input[type="password"], input[data-secret]'))
        delete values[secret.name];
      sessionStorage.setItem(key, JSON.stringify(values));
    };
    element.addEventListener("input", save);
    return () => element.removeEventListener("input", save);
  }, [form, keepAs]);
}

function restore(form: HTMLFormElement, text: string | null): void {
  if (!text) return;
  let kept: FormValues;
  try {
    kept = JSON.parse(text) as FormValues;
  } catch {
    return;
  }
  for (const element of form.elements) {
    if (
      !(
        element instanceof HTMLInputElement ||
        element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement
      )
    )
      continue;
    const value = kept[element.name];
    if (value === undefined) continue;
    if (element instanceof HTMLInputElement && (element.type === "checkbox" || element.type === "radio"))
      element.checked =
        typeof value === "boolean"
          ? value
          : Array.isArray(value)
            ? value.includes(element.value)
            : value === element.value;
    else if (typeof value === "string") element.value = value;
  }
}
