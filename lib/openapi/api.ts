import packageJson from "@/package.json";
import { env } from "@/lib/platform/env";
import { buildDocument, type OpenApiDocument } from "@/lib/platform/openapi/document";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { accountEndpoints } from "./accounts";
import { circleEndpoints } from "./circles";
import { commentEndpoints } from "./conversation";
import { deliveryEndpoints } from "./delivery";
import { feedEndpoints } from "./feeds";
import { lifecycleEndpoints } from "./lifecycle";
import { messageEndpoints } from "./messages";
import { peopleEndpoints } from "./people";
import { postEndpoints } from "./posts";
import { privacyEndpoints } from "./privacy";
import { frontEndpoints, readingEndpoints } from "./reading";
import { sharingEndpoints } from "./sharing";

/** Everything the API does; a test holds it against the routes in both directions. */
export const endpoints: readonly Endpoint[] = [...peopleEndpoints, ...accountEndpoints, ...privacyEndpoints, ...circleEndpoints, ...postEndpoints, ...lifecycleEndpoints, ...commentEndpoints, ...sharingEndpoints, ...messageEndpoints, ...feedEndpoints, ...readingEndpoints, ...deliveryEndpoints, ...frontEndpoints];

const DESCRIPTION = `JSON in and out, UTF-8. Ids are strings, times ISO 8601 in UTC. Send \`Authorization: Bearer <token>\`; in the browser the session's cookie also works, unsafe methods then need the same origin.

Lists take \`limit\` (1 to 100) and \`cursor\`, and answer \`pagination.next_cursor\` until it is null. What the caller may not see answers 404. Every answer bears \`x-request-id\`; 429 and 503 say in \`Retry-After\` when to come again.`;

let built: OpenApiDocument | undefined;

/** The document that the server publishes. Made once. */
export function openApi(): OpenApiDocument {
  built ??= buildDocument(endpoints, { title: "Heliograph", version: packageJson.version, description: DESCRIPTION, server: env().PUBLIC_URL });
  return built;
}
