/** A file on the device that the browser lets us open again later (Chromium). TypeScript's DOM does not know of permissions yet. */
export type FileHandle = FileSystemFileHandle & {
  queryPermission?: (options: { mode: "read" }) => Promise<PermissionState>;
  requestPermission?: (options: { mode: "read" }) => Promise<PermissionState>;
};

const handles = new WeakMap<Blob, Promise<FileHandle | null>>();
const folders = new WeakSet<Blob>();

type Item = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };

/** What was dropped, with what the browser tells only while it is dropped: which are folders, and how to open a file again. */
export function droppedFiles(transfer: DataTransfer | null): File[] {
  return [...(transfer?.items ?? [])].flatMap((item: Item) => {
    const file = item.kind === "file" ? item.getAsFile() : null;
    if (!file) return [];
    if (item.webkitGetAsEntry?.()?.isDirectory) folders.add(file);
    else if (item.getAsFileSystemHandle) handles.set(file, item.getAsFileSystemHandle().then((handle) => (handle?.kind === "file" ? (handle as FileHandle) : null), () => null));
    return [file];
  });
}

export const isFolder = (file: Blob) => folders.has(file);

/** How to open a file again after a reload; `null` where the browser gives no such thing. */
export const handleOf = async (file: Blob): Promise<FileHandle | null> => (await handles.get(file)) ?? null;

/** Opens a file again; asks the person if the browser wants that, which it allows only in answer to a click. `null`: not now. */
export async function reopen(handle: FileHandle, mayAsk: boolean): Promise<File | null> {
  try {
    let state = (await handle.queryPermission?.({ mode: "read" })) ?? "granted";
    if (state === "prompt" && mayAsk) state = (await handle.requestPermission?.({ mode: "read" })) ?? "granted";
    if (state !== "granted") return null;
    const file = await handle.getFile();
    handles.set(file, Promise.resolve(handle));
    return file;
  } catch {
    return null;
  }
}
