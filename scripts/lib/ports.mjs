import net from "node:net";

/** A port of the loopback address that is free now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().unref();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * One that stays free while its program is started anew: below those that systems give to outgoing connections (Linux from 32768, IANA from 49152).
 * @returns {Promise<number>}
 */
export async function lastingPort(attempts = 50) {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const isFree = await assertFree(port, "127.0.0.1").then(() => true, () => false);
  if (isFree) return port;
  if (attempts === 0) return freePort();
  return lastingPort(attempts - 1);
}

/** Rejects with the system's error when the address cannot be listened on. @param {number} port @param {string | undefined} host */
export function assertFree(port, host) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on("error", reject);
    probe.listen({ port, host }, () => probe.close(() => resolve(undefined)));
  });
}

/** Waits until something accepts connections. @param {number} port @param {number} ms @param {() => boolean} gone */
export async function answering(port, ms, gone = () => false) {
  const until = Date.now() + ms;
  while (Date.now() < until && !gone()) {
    if (await accepts(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return false;
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
