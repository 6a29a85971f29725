import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./bootstrap.mjs";
import { launch, sizeOf, tail } from "./process.mjs";
import { causeIn, Trouble } from "./trouble.mjs";

const file = (program) => path.join(root, `dist/${program}.mjs`);

/**
 * One of our long-running programs as a service. It says over the IPC channel when it is ready, or in a sentence why it
 * cannot be, and ends by itself when the channel closes because the supervisor is gone.
 * @param {string} program @param {string} name @param {{env: NodeJS.ProcessEnv, data: string, dev?: boolean, as?: string, niceness?: number}} options `as` names its log
 */
export function app(program, name, { env, data, dev = false, as = program, niceness }) {
  const log = dev ? undefined : path.join(data, `logs/${as}.log`);
  return {
    name,
    log,
    stopSignal: "SIGTERM",
    async start() {
      const from = log ? sizeOf(log) : 0;
      let tell = (_message) => {};
      const told = new Promise((resolve) => (tell = resolve));
      const running = launch({ file: process.execPath, args: [file(program)], niceness, log, env, cwd: root, ipc: true, onMessage: tell });
      const late = new Promise((resolve) => setTimeout(resolve, 120_000, { trouble: `${name} did not become ready within two minutes${log ? `; see ${log}` : ""}.` }).unref());
      const first = await Promise.race([told, running.ended, late]);
      if (first === "ready") return running;
      running.child.kill("SIGKILL");
      throw new Trouble(first?.trouble ?? causeIn(log ? tail(log, from) : "", name) ?? `${name} could not be started${log ? `; the reason is at the end of ${log}` : ""}.`);
    },
  };
}

/** Runs one of our programs to its end; what it says last becomes the reason when it fails. @param {string} program */
export function runOnce(program, env, { show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file(program)], { cwd: root, env, stdio: show ? ["ignore", "inherit", "inherit", "ipc"] : ["ignore", "pipe", "pipe", "ipc"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output = (output + chunk).slice(-8000)));
    let trouble = "";
    let remark;
    child.on("message", (message) => ((trouble = message?.trouble ?? trouble), (remark = message?.remark ?? remark)));
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) return resolve(remark);
      reject(new Trouble(trouble || causeIn(output, `scripts/${program}`) || `scripts/${program} failed: ${lastLine(output)}`));
    });
  });
}

const lastLine = (text) => text.trim().split("\n").pop() || "it said no reason";
