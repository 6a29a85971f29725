import { serveDecoder } from "@/lib/media/decoder-child";

serveDecoder();
