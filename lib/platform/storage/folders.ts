import { opendir, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isMissing } from "./disk-file";

/** Paths (relative, with `/`) of the files under `root` that may begin with `prefix`, folder by folder; other folders are not opened. */
export async function* walk(root: string, prefix: string, folder = prefix.slice(0, prefix.lastIndexOf("/") + 1)): AsyncGenerator<string> {
  let entries;
  try {
    entries = await opendir(join(root, folder));
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  for await (const entry of entries) {
    const path = `${folder}${entry.name}`;
    if (!entry.isDirectory()) yield path;
    else if (`${path}/`.startsWith(prefix) || prefix.startsWith(`${path}/`)) yield* walk(root, prefix, `${path}/`);
  }
}

/** Removes `folder` and those above it, up to `root`, as far as they are empty. */
export async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let at = folder; at.startsWith(`${root}/`); at = dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
  }
}
