import { FormError } from "@/components/ui/form-error";
import { Notice } from "@/components/ui/notice";
import type { FormState } from "@/lib/platform/http/action";

/**
 * What came of a form as a whole; what is wrong with a field stands at the field. Both places are always there, so that
 * what appears in them is read out; while they are empty they take none of the form's gap.
 */
export function FormMessage({ state, fields }: { state: FormState; /** Those that the form shows. */ fields?: readonly string[] }) {
  const shown = Object.keys(state.fields ?? {}).some((name) => fields?.includes(name) ?? true);
  return (
    <div className="[&:not(:has(p))]:-mb-5">
      <FormError message={state.ok === false && !shown ? state.message : null} />
      <div role="status">{state.ok && state.message ? <Notice tone="success"><p>{state.message}</p></Notice> : null}</div>
    </div>
  );
}
