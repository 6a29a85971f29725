import { messages } from "./messages";
import { photoBurst } from "./photo-burst";
import { photoPipeline } from "./photos";
import { rankers } from "./rankers";
import type { Line } from "./report";
import { fanOut } from "./sections/fan-out";
import { feed, feedJson } from "./sections/feed";
import { follow } from "./sections/follow";
import { like } from "./sections/like";
import { explore, post, profile, unread } from "./sections/pages";
import { photo } from "./sections/photo";
import { streams } from "./streams";
import { video } from "./video";
import { viral } from "./viral";

/** What is measured in every world, by name: what may grow with its size. */
export const SIZED: Record<string, () => Promise<Line[]>> = { feed, profile, post, like, follow, unread, explore, fanout: fanOut };

/** A part of another, in a minute; not kept. */
export const PARTS: Record<string, () => Promise<Line[]>> = { "feed-json": feedJson };

/** What does not depend on it, and takes long; measured only when asked for by name. */
export const UNSIZED: Record<string, () => Promise<Line[]>> = { photo, "photo-pipeline": photoPipeline, "photo-burst": photoBurst, video, viral, rankers, streams, messages };
