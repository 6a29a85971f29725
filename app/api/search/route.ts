import { rest } from "@/lib/platform/http/rest";
import { searchSchema } from "@/lib/search/schemas";
import { search } from "@/lib/search/search";

export const GET = rest({ auth: "optional", query: searchSchema }, ({ viewer, query: { q, type, ...page } }) => search(viewer, q, type, page));
