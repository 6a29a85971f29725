import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { notationOf } from "@/lib/platform/openapi/notation";
import { Shape } from "./shape";
import { Words } from "./words";

type Schema = Record<string, unknown>;
type Content = Record<string, { schema: Schema }>;
export type Described = {
  operationId: string;
  summary: string;
  description?: string;
  security: object[];
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};

const WHO = (security: object[]) => (security.length === 0 ? "Anybody" : security.length === 1 ? "Signed in" : "Anybody; signed in sees more");

/** One operation: closed it says what it does, open how. */
export function Operation({ method, path, operation, shapes }: { method: string; path: string; operation: Described; shapes: readonly string[] }) {
  const answers = Object.entries(operation.responses);
  return (
    <details id={operation.operationId} className="group border-b">
      <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-sm py-3">
        <Badge tone={method === "get" ? "plain" : method === "delete" ? "danger" : "accent"} className="w-18 justify-center uppercase">{method}</Badge>
        <code className="text-sm font-semibold break-all">{path}</code>
        <span className="text-muted">{operation.summary}</span>
      </summary>
      <div className="flex flex-col gap-4 pb-6 md:pl-21">
        {operation.description ? <p><Words text={operation.description} /></p> : null}
        <p className="text-sm text-muted">{WHO(operation.security)}</p>
        {operation.parameters.length > 0 ? <Parameters parameters={operation.parameters} /> : null}
        {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => (
          <Part key={type} title={type === "application/json" ? "Body" : type.startsWith("multipart/") ? "Or as a form" : `Or as ${type}`}>
            <Shape schema={schema} shapes={shapes} />
          </Part>
        ))}
        {answers.filter(([status]) => Number(status) < 300).map(([status, answer]) => {
          const [type, content] = Object.entries(answer.content ?? {})[0] ?? [];
          return (
            <Part key={status} title={`Answer ${status}${type === undefined || type === "application/json" ? "" : `, ${type}`}`}>
              {content ? <Shape schema={content.schema} shapes={shapes} /> : <p className="text-muted">No body.</p>}
              {typeof content?.schema.description === "string" ? <p className="text-sm text-muted"><Words text={content.schema.description} /></p> : null}
            </Part>
          );
        })}
        <Part title="Errors">
          <p className="text-sm text-muted">{answers.filter(([status]) => Number(status) >= 400).map(([status]) => status).join(", ")}</p>
        </Part>
      </div>
    </details>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Parameters({ parameters }: { parameters: Described["parameters"] }) {
  return (
    <Part title="Parameters">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {parameters.map((one) => (
          <div key={`${one.in} ${one.name}`} className="contents">
            <dt><code className="font-semibold">{one.name}</code></dt>
            <dd className="text-muted">
              {notationOf(one.schema)}, {one.in}{one.required ? "" : ", optional"}{"default" in one.schema ? `, ${JSON.stringify(one.schema.default)} when left out` : ""}
              {one.description ? `. ${one.description}` : ""}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
