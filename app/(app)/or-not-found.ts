import "server-only";
import { notFound } from "next/navigation";
import { AppError } from "@/lib/platform/errors";

/** What a query gives, or the page for what is not there or not for the viewer. */
export async function orNotFound<T>(wanted: Promise<T>): Promise<T> {
  try {
    return await wanted;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "malformed" || error.code === "invalid")) notFound();
    throw error;
  }
}
