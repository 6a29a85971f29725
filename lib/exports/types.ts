/** A packed copy of everything of a person's, as its owner sees it. `progress` 0..100; `problem` is a sentence. */
export type ExportView = {
  id: string;
  state: "waiting" | "packing" | "ready" | "failed";
  progress: number;
  bytes: number | null;
  problem: string | null;
  created_at: string;
  ready_at: string | null;
  expires_at: string | null;
};

/** Where its owner gets it for some minutes. */
export type ExportAddress = { url: string; expires_at: string };
