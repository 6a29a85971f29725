import { serveDecoder } from "@/lib/media/decoder-child";

const [uid, gid] = process.argv.slice(2).map(Number);
serveDecoder(uid && gid ? { uid, gid } : null);
