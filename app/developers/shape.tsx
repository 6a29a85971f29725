import { notationOf } from "@/lib/platform/openapi/notation";

/** A schema in readable notation; names of shapes lead to them, remarks stand back. */
export function Shape({ schema, shapes }: { schema: object; shapes: readonly string[] }) {
  const names = new RegExp(`\\b(${shapes.join("|")})\\b(?=\\[\\]| \\||$|\\n|  //)`, "g");
  return (
    <pre className="rounded-md bg-sunken p-4 text-sm leading-6 break-words whitespace-pre-wrap">
      <code>
        {notationOf(schema).split("\n").map((line, number) => {
          const [code = "", note] = line.split("  // ");
          return (
            <span key={number}>
              {code.split(names).map((part, i) => (i % 2 === 0 ? part : <a key={i} href={`#${part}`} className="text-link">{part}</a>))}
              {note ? <span className="text-muted">{"  "}{note}</span> : null}
              {"\n"}
            </span>
          );
        })}
      </code>
    </pre>
  );
}
