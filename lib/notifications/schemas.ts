import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import { CHANNELS, isNarrowed, TOPICS, wayOf } from "./topics";
import { TABS } from "./types";

export const markReadSchema = z.object({ up_to: idSchema.nullish() });

export const tabSchema = z.enum(TABS, `must be one of ${TABS.join(", ")}`);
export const notificationsPageSchema = pageSchema.extend({ show: tabSchema.default("all") });

const onOrOff = z.boolean("must be true or false");
const ALWAYS_ON = "can't be turned off: you are always told of your account's security";
const always = z.literal(true, ALWAYS_ON);
const from = z.enum(["everyone", "followed"], "must be everyone or followed");
const ways = { in_app: onOrOff, push: onOrOff, mail: onOrOff };
const plain = z.strictObject(ways).partial();
const narrowed = z.strictObject({ ...ways, from }).partial();

const time = z.string("must be a time such as 22:30").regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 22:30");
const timeZone = z.string("must be a time zone such as Europe/Berlin").max(64, "must be a time zone such as Europe/Berlin").refine(isZone, "must be a time zone such as Europe/Berlin");
const quietHours = z.object({ from: time, to: time, time_zone: timeZone }).refine(({ from: begin, to }) => begin !== to, { path: ["to"], message: "must be another time than the beginning" });

/** Body of PATCH /api/me/notifications: what is left out stays; `quiet_hours` null for none. */
export const choicesPatchSchema = z.object({
  topics: z.strictObject({
    likes: narrowed, comments: narrowed, mentions: narrowed, follows: plain, reposts: plain, milestones: plain,
    messages: z.strictObject({ push: onOrOff }).partial(), security: z.strictObject({ in_app: always, push: onOrOff, mail: always }).partial(),
  }).partial(),
  quiet_hours: quietHours.nullable(),
}).partial();
export type ChoicesPatch = z.infer<typeof choicesPatchSchema>;

/** A box that a form sends only when it is ticked. */
const box = z.literal("on").optional().transform((ticked) => ticked === "on");

/** The table of the settings page: `likes.push` is "on" or not there; `channels` names the columns that the page showed, so that the others stay. */
export const choicesFormSchema = z.record(z.string(), z.string()).transform((form): unknown => {
  const shown = (form.channels ?? "").split(",");
  const channels = CHANNELS.filter((channel) => shown.includes(channel));
  return { topics: Object.fromEntries(TOPICS.map((topic) => [topic, {
    ...Object.fromEntries(channels.filter((channel) => wayOf(topic, channel) === "chosen").map((channel) => [channel, form[`${topic}.${channel}`] === "on"])),
    ...(isNarrowed(topic) && form[`${topic}.from`] !== undefined ? { from: form[`${topic}.from`] } : {}),
  }])) };
}).pipe(choicesPatchSchema);

export const quietFormSchema = z
  .object({ quiet: box, from: z.string().default(""), to: z.string().default(""), time_zone: z.string().default("") })
  .transform(({ quiet, ...hours }) => (quiet ? hours : null))
  .pipe(quietHours.nullable());

/** By its name: an offset such as +02:00 means the opposite to the database. */
function isZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
