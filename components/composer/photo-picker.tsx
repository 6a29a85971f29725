import { ImageIcon } from "@/components/ui/icons";
import { CameraButton, FileButton } from "./file-button";

/** The empty composer. */
export function PhotoPicker({ onFiles, takesVideos }: { onFiles: (files: File[]) => void; takesVideos: boolean }) {
  return (
    <div className="mx-4 flex min-h-[55dvh] flex-col items-center justify-center gap-6 rounded-xl border-2 border-dashed border-strong/50 bg-surface px-6 py-14 text-center md:mx-0">
      <span className="flex size-20 items-center justify-center rounded-full bg-accent-soft text-accent">
        <ImageIcon className="size-9" />
      </span>
      <div className="max-w-sm">
        <h2 className="text-xl">Share what you saw</h2>
        <p className="mt-2 text-ui text-muted">{`Up to 20 photos${takesVideos ? " and videos" : ""}. `}Choose them, drop them here or paste them. They are sent while you write; nobody sees them until you share.</p>
      </div>
      <div className="flex flex-wrap justify-center gap-3">
        <FileButton onFiles={onFiles} variant="primary">Choose photos</FileButton>
        <CameraButton onFiles={onFiles} />
      </div>
      <p className="text-sm text-muted">
        JPEG, PNG, WebP, AVIF, GIF, HEIC or JPEG XL, to 30 MB each
        <br />
        {takesVideos ? "MP4, MOV, WebM or MKV, to 1 GB and 15 minutes each" : "This server has no ffmpeg, so videos can’t be posted here just now"}
      </p>
    </div>
  );
}
