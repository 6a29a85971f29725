import { rest } from "@/lib/platform/http/rest";
import { vapidKeys } from "@/lib/platform/push/keys";

export const GET = rest({}, async () => ({ public_key: (await vapidKeys()).publicKey }));
