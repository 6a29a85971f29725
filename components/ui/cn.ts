/** Joins class names, leaving out what is falsy. It does not resolve conflicts: pass layout (`mt-4`, `w-full`), not looks. */
export { clsx as cn } from "clsx";
