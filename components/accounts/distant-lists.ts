import "server-only";
import { listBlocked, listFavourites, listMuted, listRestricted } from "@/lib/graph/queries";
import type { UserView } from "@/lib/graph/types";
import type { Page, Slice } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Distance } from "./take-back";

const LISTS = { block: listBlocked, mute: listMuted, restrict: listRestricted, favourite: listFavourites };

/** Whom the viewer keeps at this distance, newest first. */
export const listDistant = (viewer: Viewer, kind: Distance, page: Page): Promise<Slice<UserView>> => LISTS[kind](viewer, page);
