"use client";
// const { data, problem, again } = useLoaded<Answer>(`/api/…`);   {problem ? <TryAgain problem={problem} onAgain={again} /> : null}
import { useEffect, useState } from "react";
import { request } from "./request";

type Loaded<T> = { data: T | null; problem: string | null };

const NOTHING = { data: null, problem: null };

/** What a dialog fetches when it opens. `set` changes what is there, and does nothing until something is. */
export function useLoaded<T>(path: string): Loaded<T> & { again: () => void; set: (to: (now: T) => T) => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>(NOTHING);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isWanted = true;
    setLoaded(NOTHING);
    void request<T>("GET", path).then((outcome) => isWanted && setLoaded(outcome.ok ? { data: outcome.data, problem: null } : { data: null, problem: outcome.message }));
    return () => void (isWanted = false);
  }, [path, attempt]);
  return {
    ...loaded,
    again: () => setAttempt((now) => now + 1),
    set: (to) => setLoaded((now) => (now.data === null ? now : { ...now, data: to(now.data) })),
  };
}
