import { cameraText } from "@/lib/media/camera-text";
import type { PhotoReceiptView } from "@/lib/media/types";
import { DownloadOriginal } from "./download-original";
import { Part } from "./receipt-part";
import { bytesText, formatText, REMOVED_TEXT, rowsOf, similarityText } from "./receipt-text";

const FORMATS = ["avif", "webp", "jpg"] as const;

/** One photo's receipt. `title` tells it from its neighbours. */
export function PhotoReceipt({ receipt, title }: { receipt: PhotoReceiptView; title: string | null }) {
  const { source, removed, kept } = receipt;
  return (
    <section aria-label={title ?? undefined} className="flex flex-col gap-5">
      <h3 className={title ? "text-lg" : "sr-only"}>{title ?? "This photo"}</h3>
      <Part title="You brought">
        <p className="tabular">{[formatText(source.type), `${source.width} × ${source.height}`, bytesText(source.bytes), source.quality && `quality ${source.quality}`, source.colour].filter(Boolean).join(" · ")}</p>
        <p className="mt-1 mb-3 text-sm text-muted">The file is kept as it was. Nobody but you can have it.</p>
        <DownloadOriginal mediaId={receipt.media_id} />
      </Part>
      <Part title={receipt.colour ? `People are served (in ${receipt.colour})` : "People are served"}>
        <Served receipt={receipt} />
        <p className="mt-2 text-sm text-muted">
          {receipt.is_complete ? "Each device gets the smallest file it can show. The percentage says how similar it is to your photo at that size." : "Lighter formats are still being made."}
        </p>
      </Part>
      <Part title="Taken out before anybody sees it">
        {removed === null ? <p>Not recorded for this photo.</p> : removed.length === 0 ? <p>Nothing: the file had nothing beside the picture.</p> : (
          <ul className="list-disc pl-5">{removed.map((what) => <li key={what}>{REMOVED_TEXT[what]}</li>)}</ul>
        )}
      </Part>
      {kept.camera || kept.place ? (
        <Part title="Kept in your account">
          {kept.camera ? <p>{[cameraText(kept.camera), kept.camera.lens].filter(Boolean).join(" · ")}<span className="block text-sm text-muted">{kept.is_shown ? "Shown with the post." : "Only you can see it."}</span></p> : null}
          {kept.place ? <p className="tabular mt-2">{`${kept.place.latitude.toFixed(5)}, ${kept.place.longitude.toFixed(5)}`}<span className="block text-sm text-muted">Where it was taken. Only you can see it.</span></p> : null}
        </Part>
      ) : null}
    </section>
  );
}

/** A row for each size, a column for each format. */
function Served({ receipt }: { receipt: PhotoReceiptView }) {
  const formats = FORMATS.filter((format) => receipt.served.some((file) => file.format === format));
  return (
    <div className="-mx-5 overflow-x-auto px-5" tabIndex={0} role="group" aria-label="Files that are served">
      <table className="tabular w-full text-left text-sm">
        <thead>
          <tr className="border-b text-muted">
            <th scope="col" className="py-2 pr-3 font-normal">Size</th>
            {formats.map((format) => <th key={format} scope="col" className="py-2 pr-3 font-normal">{formatText(format)}</th>)}
          </tr>
        </thead>
        <tbody>
          {rowsOf(receipt.served).map((row) => (
            <tr key={row.name} className="border-b last:border-0">
              <th scope="row" className="py-2 pr-3 font-normal whitespace-nowrap">{`${row.width} × ${row.height}`}{row.name === "original" ? <span className="block text-xs text-muted">whole</span> : null}</th>
              {formats.map((format) => {
                const file = row.files[format];
                return <td key={format} className="py-2 pr-3 whitespace-nowrap">{file ? <>{bytesText(file.bytes)}{file.similarity === null ? null : <span className="text-muted"> {similarityText(file.similarity)}</span>}</> : "–"}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
