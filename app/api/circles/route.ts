import { listCircles, listCirclesWith } from "@/lib/graph/circle-queries";
import { circleSchema, circlesQuerySchema } from "@/lib/graph/schemas";
import { createCircle } from "@/lib/graph/service";
import { created, rest } from "@/lib/platform/http/rest";

export const GET = rest({ query: circlesQuerySchema }, async ({ viewer, query: { user_id } }) => {
  const [circles, with_user] = await Promise.all([listCircles(viewer), user_id === undefined ? undefined : listCirclesWith(viewer, user_id)]);
  return { circles, with_user };
});

export const POST = rest({ body: circleSchema }, async ({ viewer, body, idempotencyKey }) => created(await createCircle(viewer, body, idempotencyKey)));
