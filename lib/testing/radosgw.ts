import { execFile, spawn, type ChildProcess } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

export type TestS3 = { endpoint: string; accessKey: string; secretKey: string; stop: () => Promise<void> };

const PACKAGES = ["radosgw", "ceph-mon", "ceph-osd", "ceph-common"];

/**
 * A real S3 server for tests: Ceph's radosgw on one node with its data in memory, about 13 s to start. Uses Debian's
 * packages, installing them when we are root. Returns `null` where it can't be had: the caller says that the S3 half of
 * the tests is skipped.
 */
export async function startRadosgw(): Promise<TestS3 | null> {
  if (process.platform !== "linux" || !(await installed())) return null;
  const dir = await mkdtemp(join(tmpdir(), "heliograph-s3-"));
  const daemons: ChildProcess[] = [];
  const killAll = () => daemons.forEach((daemon) => daemon.kill("SIGKILL"));
  process.once("exit", killAll);
  const stop = async () => {
    process.removeListener("exit", killAll);
    killAll();
    await Promise.all(daemons.map((daemon) => daemon.exitCode === null && daemon.signalCode === null && new Promise((done) => daemon.once("exit", done))));
    await rm(dir, { recursive: true, force: true });
  };
  try {
    return { ...(await startCluster(dir, daemons)), stop };
  } catch (error) {
    await stop();
    console.warn(`radosgw did not start: ${(error as Error).message}`);
    return null;
  }
}

async function startCluster(dir: string, daemons: ChildProcess[]) {
  const [monV2, monV1, http] = await freePorts(3);
  const fsid = randomUUID();
  const addresses = `[v2:127.0.0.1:${monV2},v1:127.0.0.1:${monV1}]`;
  await Promise.all(["mon", "osd", "log", "run"].map((name) => mkdir(join(dir, name))));
  await writeFile(join(dir, "ceph.conf"), config(dir, fsid, addresses));
  const c = ["-c", join(dir, "ceph.conf")];
  const start = (command: string, args: string[]) => {
    // The daemons die with us, however we die.
    const daemon = spawn("setpriv", ["--pdeathsig", "KILL", command, ...c, "-f", ...args], { stdio: "ignore" });
    daemon.on("error", () => {});
    daemons.push(daemon);
  };

  await run("monmaptool", ["--create", "--addv", "a", addresses, "--fsid", fsid, join(dir, "monmap")]);
  await run("ceph-mon", [...c, "--mkfs", "-i", "a", "--monmap", join(dir, "monmap")]);
  start("ceph-mon", ["-i", "a"]);
  const osd = randomUUID();
  await run("ceph", [...c, "--connect-timeout", "20", "osd", "new", osd]);
  await run("ceph-osd", [...c, "-i", "0", "--mkfs", "--osd-uuid", osd]);
  start("ceph-osd", ["-i", "0"]);
  start("radosgw", ["-n", "client.rgw", `--rgw-frontends=beast endpoint=127.0.0.1:${http}`]);

  const endpoint = `http://127.0.0.1:${http}`;
  await answering(endpoint);
  const accessKey = `TEST${randomBytes(8).toString("hex").toUpperCase()}`;
  const secretKey = randomBytes(20).toString("hex");
  await run("radosgw-admin", [...c, "-n", "client.rgw", "user", "create", "--uid=test", "--display-name=test", `--access-key=${accessKey}`, `--secret-key=${secretKey}`]);
  return { endpoint, accessKey, secretKey };
}

const config = (dir: string, fsid: string, addresses: string) => `[global]
fsid = ${fsid}
mon host = ${addresses}
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd crush chooseleaf type = 0
osd crush update on start = true
osd objectstore = memstore
memstore device bytes = 1073741824
mon allow pool size one = true
mon max pg per osd = 2000
mon osd full ratio = 0.96
mon data avail warn = 0
mon data avail crit = 0
mon data = ${dir}/mon
osd data = ${dir}/osd
mgr data = ${dir}/mgr
mgr initial modules =
run dir = ${dir}/run
log file = ${dir}/log/$name.log
admin socket = ${dir}/run/$name.asok
pid file = ${dir}/run/$name.pid
ms bind ipv4 = true
ms mon client mode = crc
public addr = 127.0.0.1
cluster addr = 127.0.0.1
rgw enable usage log = false
`;

async function installed(): Promise<boolean> {
  const has = async (command: string) => run("which", [command]).then(() => true, () => false);
  const complete = async () => (await Promise.all(["radosgw", "ceph-mon", "ceph-osd", "ceph", "monmaptool", "setpriv"].map(has))).every(Boolean);
  if (await complete()) return true;
  if (process.getuid?.() !== 0 || !(await has("apt-get"))) return false;
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, maxBuffer: 64 * 1024 * 1024 };
  try {
    await run("apt-get", ["update", "-q"], options);
    await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...PACKAGES], options);
  } catch {
    return false;
  }
  return complete();
}

async function answering(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt++) {
    const up = await fetch(endpoint).then((answer) => answer.ok, () => false);
    if (up) return;
    await sleep(250);
  }
  throw new Error("no answer after 60 s");
}

/** Ports that were free a moment ago, all held at once so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((done, fail) => {
      const server = createServer().once("error", fail).listen(0, "127.0.0.1", () => done(server));
    })),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
