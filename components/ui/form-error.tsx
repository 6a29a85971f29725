// <FormError message={state.error?.message} />   The summary above a form's fields: announced when it appears. Each field shows its
// own error as well. `ref` and tabIndex let a form move the focus here after a failed submit.
import type { ReactNode, Ref } from "react";
import { AlertIcon } from "./icons";

export function FormError({ message, children, ref }: { message?: string | null; children?: ReactNode; ref?: Ref<HTMLDivElement> }) {
  return (
    <div role="alert" ref={ref} tabIndex={-1} className="focus:outline-none">
      {message ? (
        <div className="flex items-start gap-2.5 rounded-md bg-danger-soft px-4 py-3 text-ui text-danger">
          <AlertIcon className="mt-0.5 size-5 shrink-0" />
          <div>
            <p className="font-medium">{message}</p>
            {children}
          </div>
        </div>
      ) : null}
    </div>
  );
}
