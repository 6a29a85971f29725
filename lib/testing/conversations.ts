import { listMessages, listThreads } from "@/lib/messages/queries";
import { sendMessageSchema } from "@/lib/messages/schemas";
import { sendMessage } from "@/lib/messages/send";
import { openThread } from "@/lib/messages/service";
import type { MessageView } from "@/lib/messages/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeFollow, makeUser } from "./factories";

let serial = 0;

/** Sends a message under a new name. */
export const say = async (viewer: Viewer, threadId: string, text: string, more: object = {}): Promise<MessageView> =>
  (await sendMessage(viewer, threadId, sendMessageSchema.parse({ client_id: `said${serial++}`, text, ...more }))).message;

/** What somebody reads in a conversation, without events. */
export const textsOf = async (viewer: Viewer, threadId: string): Promise<(string | null)[] | null> =>
  (await listMessages(viewer, threadId, { limit: 100 }))?.messages.filter((one) => one.event === null).map((one) => (one.is_unsent ? "(unsent)" : one.text)) ?? null;

export const firstPage = { limit: 50, cursor: null };

/** The conversations in somebody's list, the first one first. */
export const threadIdsOf = async (viewer: Viewer, folder: "inbox" | "requests" = "inbox"): Promise<string[]> => (await listThreads(viewer, folder, firstPage)).items.map(({ id }) => id);

/** People who follow each other. */
export async function friends(count = 2): Promise<Viewer[]> {
  const people = await Promise.all(Array.from({ length: count }, () => makeUser()));
  for (const one of people) for (const other of people) if (one !== other) await makeFollow(one, other);
  return people;
}

export const pairOf = async (one: Viewer, other: Viewer): Promise<string> => (await openThread(one, { userIds: [other.id] })).thread.id;
export const groupOf = async (people: Viewer[], name: string | null = "Friends"): Promise<string> => (await openThread(people[0]!, { userIds: people.slice(1).map(({ id }) => id), name })).thread.id;
/** How a deed ended: "done", or the code of its refusal. */
export const endOf = (deed: Promise<unknown>): Promise<string> => deed.then(() => "done", (error: { code: string }) => error.code);
