import { GET as feed } from "@/app/api/feed/route";
import { recordPageShown } from "@/lib/feed/seen";
import { handleMedia } from "@/lib/media/serve";
import { serve } from "@/lib/platform/http/serve";
import { endWithTrouble } from "@/lib/platform/process/lifetime";
import { handleDiskStorage } from "@/lib/platform/storage/disk-http";

serve([handleMedia, handleDiskStorage], { "/api/feed": feed }, recordPageShown).catch(endWithTrouble);
