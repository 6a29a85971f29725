import { countUnreadThreads } from "@/lib/messages/queries";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({}, ({ viewer }) => countUnreadThreads(viewer));
