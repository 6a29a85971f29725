import { serve } from "@/lib/platform/http/serve";
import { endWithTrouble } from "@/lib/platform/process/lifetime";

serve().catch(endWithTrouble);
