import "server-only";
import { writeEventId } from "@/lib/platform/realtime/stream";

/** The present moment as a position in the stream of events: who makes a page gives it along, so that nothing is missed until the page listens. */
export const streamPosition = (): string => writeEventId(Date.now());
