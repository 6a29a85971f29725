import { makeNamed } from "../bench/world/make";

/** Run by scripts/lib/bench-world.mjs against a Postgres that is started for loading alone. Arguments: the world's name, its seed, the folder of the database. */
const [name, seed, folder] = process.argv.slice(2);

try {
  process.send?.(await makeNamed(name!, Number(seed), folder!));
  process.disconnect?.();
} catch (error) {
  const { message, stack } = error as Error;
  process.send?.({ trouble: message });
  if (!message.startsWith("Stopped:")) process.stderr.write(`${stack}\n`);
  process.exit(1);
}
