"use client";
import { useActionState, useEffect, useRef } from "react";
import type { FormState } from "@/lib/platform/http/action";
import { keepEdits } from "./keep-edits";

/**
 * A form's state between submissions, also before hydration: `ref` for the form, whose first field with an error gets the
 * focus; `value(name, stored)` is what was typed, or what is stored.
 */
export function useFormState(action: (state: FormState, form: FormData) => Promise<FormState>) {
  const [state, submit] = useActionState(action, {});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => (form.current ? keepEdits(form.current) : undefined), []);
  useEffect(() => {
    if (state.ok !== false) return;
    const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    (find("[aria-invalid=true]") ?? find("[role=alert]"))?.focus();
  }, [state]);
  const value = (name: string, stored = "") => state.values?.[name] ?? stored;
  const error = (name: string) => state.fields?.[name];
  return { state, submit, form, value, error };
}
