import { rest } from "@/lib/platform/http/rest";
import { getOEmbed } from "@/lib/posts/embed";
import { oEmbedSchema } from "@/lib/posts/schemas";

export const GET = rest({ auth: "optional", query: oEmbedSchema }, ({ query }) => getOEmbed(query.url, { width: query.maxwidth, height: query.maxheight }));
