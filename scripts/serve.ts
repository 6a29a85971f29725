import { mostAsked } from "@/app/api/most-asked";
import { recordPageShown } from "@/lib/feed/seen";
import { forHolders } from "@/lib/media/holder";
import { handleMedia } from "@/lib/media/serve";
import { serve } from "@/lib/platform/http/serve";
import { tellMailTrouble } from "@/lib/platform/mail/transport";
import { prepareKeys } from "@/lib/platform/push/keys";
import { endWithTrouble } from "@/lib/platform/process/lifetime";
import { handleDiskStorage } from "@/lib/platform/storage/disk-http";
import { openStreams, streamHandler } from "@/lib/realtime/stream";

async function start(): Promise<void> {
  const streams = openStreams();
  await serve([forHolders(handleMedia), handleDiskStorage, streamHandler(streams)], mostAsked, streams, recordPageShown);
}

start().catch(endWithTrouble);
// A configuration that cannot be read is told above.
tellMailTrouble().catch(() => {});
prepareKeys().catch(() => {});
