import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis as Connection } from "iovalkey";
import { SLOTS } from "@/lib/platform/redis/slots";
import { freePort } from "../../scripts/lib/ports.mjs";
import { openRedis } from "../../scripts/lib/redis.mjs";
import type { Running, Service } from "../../scripts/lib/service.d.mts";

type Node = { service: Service; port: number; bus: number; running: Running | null; connection: Connection };

/** A node keeps its keys to itself when another is away, and notices that soon. */
const settings = (bus: number) => `cluster-enabled yes
cluster-config-file nodes.conf
cluster-port ${bus}
cluster-node-timeout 1000
cluster-require-full-coverage no
cluster-replica-validity-factor 0
repl-diskless-sync-delay 0
masterauth test
`;

/**
 * A Redis cluster whose nodes a test may kill, stop and give each other's slots: `masters` nodes share the slots evenly, `replicas` follow the first of them.
 * Null where no Redis can be had.
 */
export async function openOwnCluster(folder: string, name: string, masters = 3, replicas = 0) {
  const nodes: Node[] = [];
  for (let i = 0; i < masters + replicas; i++) {
    const [dir, port, bus] = [join(folder, `${name}-${i}`), await freePort(), await freePort()];
    mkdirSync(dir, { recursive: true, mode: 0o755 });
    // Fetched once, not for each.
    const program = join(folder, `${name}-0`, "redis-program");
    if (i > 0 && existsSync(program)) cpSync(program, join(dir, "redis-program"), { recursive: true, verbatimSymlinks: true });
    const service = await openRedis({ dir, log: join(dir, "redis.log"), port, password: "test", extra: settings(bus) });
    if (!service) return null;
    nodes.push({ service, port, bus, running: null, connection: new Connection(service.url, { lazyConnect: true, retryStrategy: () => 50 }) });
    nodes[i]!.connection.on("error", () => {});
  }

  const call = (node: number, ...args: (string | number)[]) => nodes[node]!.connection.call(String(args[0]), ...args.slice(1).map(String)) as Promise<string>;
  const id = (node: number) => call(node, "CLUSTER", "MYID");
  const until = async (holds: () => Promise<boolean>) => {
    for (const end = Date.now() + 20_000; Date.now() < end; await pause(20)) if (await holds().catch(() => false)) return;
    throw new Error("the cluster did not come together");
  };
  const start = async (node: number) => {
    nodes[node]!.running = await nodes[node]!.service.start();
  };

  return {
    url: nodes.slice(0, masters).map(({ service }) => service.url).join(","),
    call,
    start,
    /** Brings all nodes up and together. */
    async begin() {
      await Promise.all(nodes.map((_, i) => start(i)));
      const edge = (i: number) => Math.round((i * SLOTS) / masters);
      for (let i = 0; i < masters; i++) await call(i, "CLUSTER", "ADDSLOTS", ...Array.from({ length: edge(i + 1) - edge(i) }, (_, n) => edge(i) + n));
      for (const { port, bus } of nodes.slice(1)) await call(0, "CLUSTER", "MEET", "127.0.0.1", port, bus);
      const sees = async (i: number) => (await call(i, "CLUSTER", "SLOTS")).length === masters && (await call(i, "CLUSTER", "INFO")).includes(`cluster_known_nodes:${nodes.length}`) && (await call(i, "CLUSTER", "INFO")).includes("cluster_state:ok");
      await until(async () => (await Promise.all(nodes.map((_, i) => sees(i)))).every(Boolean));
      for (let i = masters; i < nodes.length; i++) await call(i, "CLUSTER", "REPLICATE", await id(0));
      for (let i = masters; i < nodes.length; i++) await until(async () => (await call(i, "INFO", "replication")).includes("master_link_status:up"));
    },
    /** As a crash would. */
    async kill(node: number) {
      const { running } = nodes[node]!;
      if (!running) return;
      process.kill(running.pid!, "SIGKILL");
      await running.ended;
      nodes[node]!.running = null;
    },
    freeze: (node: number) => process.kill(nodes[node]!.running!.pid!, "SIGSTOP"),
    thaw: (node: number) => process.kill(nodes[node]!.running!.pid!, "SIGCONT"),
    /** Which of the nodes has a slot, by what that node itself says. */
    async ownerOf(slot: number): Promise<number> {
      for (const i of nodes.keys()) {
        const line = (await call(i, "CLUSTER", "NODES").catch(() => "")).split("\n").find((one) => one.includes("myself,master")) ?? "";
        if (line.split(" ").slice(8).some((range) => { const [from, to = from] = range.split("-").map(Number); return from! <= slot && slot <= to!; })) return i;
      }
      return -1;
    },
    /** Declares that a slot is on its way: keys that are not there are then to be asked for at the new node. */
    async beginMove(slot: number, from: number, to: number) {
      await call(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", await id(from));
      await call(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", await id(to));
    },
    /** Carries over up to `count` keys of the slot. Returns how many. */
    async moveKeys(slot: number, from: number, to: number, count = 1_000): Promise<number> {
      const keys = (await call(from, "CLUSTER", "GETKEYSINSLOT", slot, count)) as unknown as string[];
      if (keys.length > 0) await call(from, "MIGRATE", "127.0.0.1", nodes[to]!.port, "", 0, 5_000, "AUTH", "test", "KEYS", ...keys);
      return keys.length;
    },
    /** The new node has the slot. Only it is told when `others` is false; the rest hears of it in time. */
    async endMove(slot: number, to: number, others = true) {
      const owner = await id(to);
      await call(to, "CLUSTER", "SETSLOT", slot, "NODE", owner);
      if (others) for (const i of nodes.keys()) if (i !== to && nodes[i]!.running && i < masters) await call(i, "CLUSTER", "SETSLOT", slot, "NODE", owner);
    },
    until,
    async end() {
      for (const { connection, running } of nodes) {
        connection.disconnect();
        if (running) process.kill(running.pid!, "SIGKILL");
      }
      await Promise.all(nodes.map(({ running }) => running?.ended));
    },
  };
}
