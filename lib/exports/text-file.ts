import { createWriteStream, type WriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";

/** A file that grows by texts; waits for the disk, so that no more than a little is held. */
export class TextFile {
  private constructor(
    readonly path: string,
    readonly stream: WriteStream,
  ) {}

  static async open(path: string): Promise<TextFile> {
    const stream = createWriteStream(/* turbopackIgnore: true */ path);
    await once(stream, "open");
    // Thrown by the next write, or by closing.
    stream.on("error", () => {});
    return new TextFile(path, stream);
  }

  async write(text: string): Promise<void> {
    if (this.stream.errored) throw this.stream.errored;
    if (!this.stream.write(text)) await once(this.stream, "drain");
  }

  /** Its path, once all of it is there. */
  async close(): Promise<string> {
    this.stream.end();
    await finished(this.stream);
    return this.path;
  }
}
