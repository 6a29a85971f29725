/** A statement that was sent, and whether it is prepared for any values. */
export type Executed = { text: string; values: unknown[]; isPrepared: boolean };

/** A step of a plan that was executed; numbers of rows are per loop. */
export type PlanNode = {
  "Node Type": string; "Relation Name"?: string; "Actual Rows": number; "Actual Loops": number;
  "Rows Removed by Filter"?: number; "Rows Removed by Index Recheck"?: number; Plans?: PlanNode[];
};

/** A plan's step and all below it. */
export const walk = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(walk)];
