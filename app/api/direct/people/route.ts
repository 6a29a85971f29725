import { listPeople } from "@/lib/messages/queries";
import { peopleSchema } from "@/lib/messages/schemas";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ query: peopleSchema }, async ({ viewer, query }) => ({ users: await listPeople(viewer, query.q) }));
