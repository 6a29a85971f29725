type Schema = {
  $ref?: string; type?: string | string[]; enum?: unknown[]; const?: unknown; format?: string; anyOf?: Schema[]; items?: Schema; properties?: Record<string, Schema>; required?: string[];
  additionalProperties?: boolean | Schema; default?: unknown; minimum?: number; maximum?: number; description?: string;
};

/** A JSON Schema in the notation that people read: types as in TypeScript, `?` for what may be missing. */
export function notationOf(value: object, indent = ""): string {
  const schema = value as Schema;
  if (schema.$ref) return schema.$ref.split("/").at(-1)!;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => notationOf(one, indent)))].join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((type) => notationOf({ ...schema, type }, indent)).join(" | ");
  if (schema.type === "array") return listOf(notationOf(schema.items ?? {}, indent));
  if (schema.type === "object") return objectOf(schema, indent);
  if (schema.type === "integer") return "number";
  if (schema.format === "date-time") return "time";
  if (schema.format === "binary") return "file";
  return schema.type ?? "anything";
}

const listOf = (item: string) => (/ \| /.test(item) && !item.startsWith("{") ? `(${item})[]` : `${item}[]`);

function objectOf({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  if (!properties) return typeof additionalProperties === "object" ? `{ [name]: ${notationOf(additionalProperties, indent)} }` : "{}";
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, one]) => {
    const note = one.description ? `  // ${one.description}` : "";
    return `${inner}${/^\w*$/.test(name) && !/^\d/.test(name) ? name : JSON.stringify(name)}${required.includes(name) ? "" : "?"}: ${notationOf(one, inner)}${note}`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}
