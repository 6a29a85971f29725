/** How Postgres plans. */
export type Settings = Readonly<Record<string, string>>;
/** A statement that was sent; one that is prepared for any values with the settings of its connections. */
export type Executed = { text: string; values: unknown[]; settings?: Settings };

/** A step of a plan that was executed; numbers of rows are per loop. */
export type PlanNode = {
  "Node Type": string; "Relation Name"?: string; "Actual Rows": number; "Actual Loops": number;
  "Rows Removed by Filter"?: number; "Rows Removed by Index Recheck"?: number; Plans?: PlanNode[];
};

/** A plan's step and all below it. */
export const walk = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(walk)];
