import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { LabAnswer, LabOrder, LabPicture } from "./lab-worker";

/**
 * Has all orders painted by worker threads that run `program` (which calls `serveLab` when it is not the main thread).
 * `arrived` is awaited for each, so that what has arrived can be stored while the next ones are painted.
 */
export async function develop(program: URL, orders: readonly LabOrder[], arrived: (order: LabOrder, pictures: LabPicture[]) => Promise<void>): Promise<void> {
  if (orders.length === 0) return;
  await Promise.all([...new Set(orders.flatMap((order) => [order.keep, order.dir]))].map((dir) => mkdir(dir, { recursive: true })));
  const queue = [...orders], byName = new Map(orders.map((order) => [order.name, order]));
  const count = Math.min(queue.length, Math.max(2, availableParallelism()), 8);
  const workers = Array.from({ length: count }, () => new Worker(program));
  try {
    await Promise.all(workers.map((worker) => work(worker, queue, (answer) => arrived(byName.get(answer.name)!, answer.pictures))));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function work(worker: Worker, queue: LabOrder[], arrived: (answer: { name: string; pictures: LabPicture[] }) => Promise<void>): Promise<void> {
  const storing: Promise<void>[] = [];
  return new Promise((resolve, reject) => {
    const next = () => {
      const order = queue.shift();
      if (order) worker.postMessage(order);
      else Promise.all(storing).then(() => resolve(), reject);
    };
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`A worker that paints photos ended (${code}).`)));
    worker.on("message", (answer: LabAnswer) => {
      if ("trouble" in answer) return reject(new Error(answer.trouble));
      // The next one is painted while this one is stored.
      const stored = arrived(answer);
      stored.catch(reject);
      storing.push(stored);
      next();
    });
    next();
  });
}
