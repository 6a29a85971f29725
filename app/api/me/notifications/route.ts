import { readChoices } from "@/lib/notifications/choices";
import { choicesPatchSchema } from "@/lib/notifications/schemas";
import { setChoices } from "@/lib/notifications/settings";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({}, ({ viewer }) => readChoices(viewer.id));
export const PATCH = rest({ body: choicesPatchSchema }, ({ viewer, body }) => setChoices(viewer, body));
