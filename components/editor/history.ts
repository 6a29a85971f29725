import { useCallback, useReducer } from "react";
import type { PhotoEdit } from "@/lib/media/edit/types";
import type { CropShape } from "@/lib/media/edit/shapes";

/** What the editor changes: the edit, and the shape that the crop is held to. */
export type Work = { edit: PhotoEdit; shape: CropShape };

type State = { past: Work[]; now: Work; future: Work[]; tag: string | null; at: number };
type Step = { do: "change"; to: Work; tag: string; at: number } | { do: "undo" } | { do: "redo" };

/** Steps of the same kind that follow each other so closely (ms) are undone together: one drag, one hold of an arrow key. */
const TOGETHER = 700;
const MOST = 100;

function reduce(state: State, step: Step): State {
  const { past, now, future } = state;
  if (step.do === "undo") return past.length === 0 ? state : { past: past.slice(0, -1), now: past.at(-1)!, future: [now, ...future], tag: null, at: 0 };
  if (step.do === "redo") return future.length === 0 ? state : { past: [...past, now], now: future[0]!, future: future.slice(1), tag: null, at: 0 };
  const goesOn = step.tag === state.tag && step.at - state.at < TOGETHER;
  return { past: goesOn ? past : [...past, now].slice(-MOST), now: step.to, future: [], tag: step.tag, at: step.at };
}

/** The work with its undo and redo. `tag` names the control that a change came from. */
export function useHistory(start: Work) {
  const [state, dispatch] = useReducer(reduce, { past: [], now: start, future: [], tag: null, at: 0 });
  const change = useCallback((to: Work, tag: string) => dispatch({ do: "change", to, tag, at: performance.now() }), []);
  const undo = useCallback(() => dispatch({ do: "undo" }), []);
  const redo = useCallback(() => dispatch({ do: "redo" }), []);
  return { work: state.now, canUndo: state.past.length > 0, canRedo: state.future.length > 0, change, undo, redo };
}
