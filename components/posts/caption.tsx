import { Clamp } from "./clamp";
import { EditedCaption } from "./edited-caption";
import { RichText } from "./rich-text";

type Props = { postId: string; text: string; /** Whom it may name. */ mentions: readonly string[]; at: number; /** Shows all of it, however long. */ whole?: boolean };

const textClass = "whitespace-pre-line break-words text-ui";

/** Fits three lines of a phone, most likely; a guess, so that short captions need no script. */
const isShort = (text: string) => text.length <= 110 && text.split("\n").length <= 3;

export function Caption({ postId, text, mentions, at, whole }: Props) {
  // Rows of empty lines would fill the three that are shown.
  const body = <RichText text={whole ? text : text.replace(/\n\s*\n\s*/g, "\n\n")} mentions={mentions} />;
  return (
    <EditedCaption postId={postId} text={text} at={at} className={textClass}>
      {text === "" ? null : whole || isShort(text) ? <div dir="auto" className={textClass}>{body}</div> : <Clamp className={textClass}>{body}</Clamp>}
    </EditedCaption>
  );
}
