/** How many slots a Redis cluster divides its keys into. */
export const SLOTS = 16_384;

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/** CRC16 as the Redis cluster specification has it (XMODEM: polynomial 1021, beginning at 0). */
export function crc16(text: string): number {
  let crc = 0;
  for (const byte of Buffer.from(text)) crc = ((crc << 8) & 0xff00) ^ TABLE[(crc >> 8) ^ byte]!;
  return crc;
}

/** The slot of a key: that of what stands between its first braces, so that keys can be kept together, else of the whole key. */
export function slotOf(key: string): number {
  const open = key.indexOf("{");
  const close = open < 0 ? -1 : key.indexOf("}", open + 1);
  return crc16(close > open + 1 ? key.slice(open + 1, close) : key) % SLOTS;
}

export type Command = (string | number)[];

const EVERY_ARGUMENT = new Set(["DEL", "UNLINK", "EXISTS", "TOUCH", "MGET", "SUNION", "SINTER", "SDIFF", "PFCOUNT", "PFMERGE", "RENAME", "SUNIONSTORE"]);
const WITHOUT = new Set(["PING", "ECHO", "INFO", "TIME", "CONFIG", "SCRIPT", "FLUSHDB", "FLUSHALL", "DBSIZE", "CLUSTER", "PUBLISH", "SCAN", "WAIT"]);

/** The keys that a command names, as far as we send such commands: after a number for scripts, all arguments of some, else the first argument. */
function keysOf([name, ...args]: Command): string[] {
  const upper = String(name).toUpperCase();
  if (WITHOUT.has(upper)) return [];
  if (upper.startsWith("EVAL")) return args.slice(2, 2 + Number(args[1])).map(String);
  if (EVERY_ARGUMENT.has(upper)) return args.map(String);
  if (upper === "MSET") return args.filter((_, i) => i % 2 === 0).map(String);
  return args.slice(0, 1).map(String);
}

/** The slot of a command, null for one without keys. Throws for keys of several slots, which no node of a cluster would take. */
export function slotOfCommand(command: Command): number | null {
  const slots = new Set(keysOf(command).map(slotOf));
  if (slots.size > 1) throw new TypeError(`${String(command[0])} names keys of several slots`);
  return slots.size === 0 ? null : [...slots][0]!;
}
