import { type Executed, type PlanNode, walk } from "./plan-nodes";
import { leaseClient, PREPARED_SETTINGS, readClient, sqlClient } from "@/db/client";

/** Statements that `work` sends, each once: those that are prepared for any values, and the others. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Executed[]> {
  const seen = new Map<string, Executed>();
  const undo = [watch(readClient(), true, seen), watch(leaseClient(), true, seen), watch(sqlClient(), false, seen)];
  try {
    await work();
  } finally {
    for (const back of undo) back();
  }
  return [...seen.values()];
}

type Client = ReturnType<typeof sqlClient>;

function watch(client: Client, isPrepared: boolean, seen: Map<string, Executed>): () => void {
  const own = client.unsafe;
  const send = own.bind(client);
  client.unsafe = ((text: string, values: unknown[] = [], ...rest: []) => {
    if (/^\s*(select|with|insert|update|delete)/i.test(text)) seen.set(text, { text, values, isPrepared });
    return send(text, values as never, ...rest);
  }) as typeof own;
  return () => void (client.unsafe = own);
}

const literal = (value: unknown): string => (value === null || value === undefined ? "null" : `'${(Array.isArray(value) ? `{${value.join(",")}}` : String(value)).replaceAll("'", "''")}'`);

/**
 * How Postgres executes a statement, as the application has it executed: what is prepared by the plan for any values, all else by a plan for
 * these. Nothing that it writes stays.
 */
export async function explain({ text, values, isPrepared }: Executed): Promise<PlanNode> {
  const sql = await sqlClient().reserve();
  try {
    await sql.unsafe("begin");
    const settings = isPrepared ? PREPARED_SETTINGS : { plan_cache_mode: "force_custom_plan" };
    for (const [name, value] of Object.entries(settings)) await sql.unsafe(`set local ${name} = ${value}`);
    await sql.unsafe(`prepare explained as ${text}`);
    const [row] = await sql.unsafe<{ "QUERY PLAN": [{ Plan: PlanNode }] }[]>(`explain (analyze, format json) execute explained${values.length > 0 ? `(${values.map(literal).join(", ")})` : ""}`);
    return row!["QUERY PLAN"][0].Plan;
  } finally {
    await sql.unsafe("rollback");
    await sql.unsafe("deallocate all");
    sql.release();
  }
}

/** Names of the tables and partitions that were really looked into. */
export const tablesRead = (plan: PlanNode): string[] => [...new Set(walk(plan).filter((node) => node["Actual Loops"] > 0).flatMap((node) => node["Relation Name"] ?? []))];

/** What is wrong with a plan: a big table read from end to end, much read for little, or more than a page sorted. */
export function faultsOf(plan: PlanNode, sizes: ReadonlyMap<string, number>, most: number): string[] {
  return walk(plan).flatMap((node) => {
    const table = node["Relation Name"];
    const loops = node["Actual Loops"];
    if (loops === 0) return [];
    const read = (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0)) * loops;
    if (node["Node Type"].endsWith("Seq Scan") && table && (sizes.get(table) ?? 0) > 1_000) return [`reads all of ${table}`];
    if (table && read > most) return [`reads ${read} rows of ${table}`];
    if (/Sort/.test(node["Node Type"])) {
      const sorted = (node.Plans ?? []).reduce((sum, child) => sum + child["Actual Rows"] * child["Actual Loops"], 0);
      if (sorted > most) return [`sorts ${sorted} rows`];
    }
    return [];
  });
}
