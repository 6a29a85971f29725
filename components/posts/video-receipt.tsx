import type { VideoReceiptView } from "@/lib/media/types";
import { DownloadOriginal } from "./download-original";
import { Part } from "./receipt-part";
import { bytesText, CHANGED_TEXT, channelsText, lengthText, rateText, removedFromVideo, similarityText, videoName } from "./receipt-text";

/** One video's receipt. `title` tells it from its neighbours. */
export function VideoReceipt({ receipt, title }: { receipt: VideoReceiptView; title: string | null }) {
  const { removed, changed } = receipt;
  return (
    <section aria-label={title ?? undefined} className="flex flex-col gap-5">
      <h3 className={title ? "text-lg" : "sr-only"}>{title ?? "This video"}</h3>
      <Part title="You brought">
        <Source {...receipt.source} />
        <p className="mt-1 mb-3 text-sm text-muted">The file is kept as it was. Nobody but you can have it.</p>
        <DownloadOriginal mediaId={receipt.media_id} />
      </Part>
      <Part title="People are served">
        <Served receipt={receipt} />
        <p className="mt-2 text-sm text-muted">{measuredText(receipt)}</p>
      </Part>
      <Part title="What was changed">
        {changed === null ? <p>Not recorded for this video.</p> : changed.length === 0 ? <p>Nothing: it is shown as it was filmed.</p> : (
          <ul className="list-disc pl-5">{changed.map((what) => <li key={what}>{changedText(what, receipt)}</li>)}</ul>
        )}
      </Part>
      <Part title="Taken out before anybody sees it">
        {removed === null ? <p>Not recorded for this video.</p> : removed.length === 0 ? <p>Nothing: the file had nothing beside pictures and sound.</p> : (
          <ul className="list-disc pl-5">{removed.map((what) => <li key={what}>{removedFromVideo(what)}</li>)}</ul>
        )}
      </Part>
    </section>
  );
}

function Source({ type, codec, width, height, bytes, duration, frame_rate, is_variable_frame_rate, hdr, audio }: VideoReceiptView["source"]) {
  const rate = frame_rate && `${Math.round(frame_rate * 100) / 100} frames a second${is_variable_frame_rate ? " on average, varying" : ""}`;
  const facts = [videoName(type), codec && videoName(codec), `${width} × ${height}`, rate, hdr && `HDR (${hdr})`, duration !== null && lengthText(duration), bytesText(bytes)];
  return (
    <>
      <p className="tabular">{facts.filter(Boolean).join(" · ")}</p>
      {codec === null ? null : <p>{audio ? `Sound: ${videoName(audio.codec)}, ${channelsText(audio.channels)}` : "No sound"}</p>}
    </>
  );
}

function measuredText({ served, is_complete }: VideoReceiptView): string {
  const each = "Each device gets the size that its screen and its line can bear.";
  if (!is_complete) return `${each} How similar they are to your video is still being measured.`;
  if (served.every(({ similarity }) => similarity === null)) return `${each} How similar they are to your video has not been measured.`;
  return `${each} The percentage says how similar it is to your video at that size, measured in short samples of it.`;
}

function changedText(what: NonNullable<VideoReceiptView["changed"]>[number], { source, duration, served }: VideoReceiptView): string {
  const largest = served.at(-1);
  if (what === "trimmed" && source.duration !== null && duration !== null) return `shortened from ${lengthText(source.duration)} to ${lengthText(duration)}`;
  if (what === "cropped" && largest) return `cropped, from ${source.width} × ${source.height} to the shape of ${largest.width} × ${largest.height}`;
  return CHANGED_TEXT[what];
}

/** A row for each size, the largest first; then what is not part of the stream. */
function Served({ receipt: { served, mp4, poster } }: { receipt: VideoReceiptView }) {
  const cell = "py-2 pr-3 whitespace-nowrap";
  return (
    <div className="-mx-5 overflow-x-auto px-5" tabIndex={0} role="group" aria-label="Files that are served">
      <table className="tabular w-full text-left text-sm">
        <thead>
          <tr className="border-b text-muted">
            {["Size", "Rate", "Bytes", "Similarity"].map((head) => <th key={head} scope="col" className="py-2 pr-3 font-normal">{head}</th>)}
          </tr>
        </thead>
        <tbody>
          {served.toReversed().map(({ name, width, height, bit_rate, bytes, similarity }) => (
            <tr key={name} className="border-b">
              <th scope="row" className={`${cell} font-normal`}>{`${width} × ${height}`}</th>
              <td className={cell}>{rateText(bit_rate)}</td>
              <td className={cell}>{bytesText(bytes)}</td>
              <td className={cell}>{similarity === null ? "–" : similarityText(similarity)}</td>
            </tr>
          ))}
          {mp4 ? (
            <tr className="border-b">
              <th scope="row" className={`${cell} font-normal`}>{`${mp4.width} × ${mp4.height}`}</th>
              <td className={`${cell} text-muted`}>one MP4</td>
              <td className={cell}>{bytesText(mp4.bytes)}</td>
              <td className={`${cell} text-muted`}>the same pictures</td>
            </tr>
          ) : null}
          {poster ? (
            <tr>
              <th scope="row" className={`${cell} font-normal`}>{`${poster.width} × ${poster.height}`}</th>
              <td className={`${cell} text-muted`}>cover</td>
              <td className={cell}>{bytesText(poster.bytes)}</td>
              <td className={`${cell} text-muted`}>{`${poster.files} files`}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}
