import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";

type Props = { refused: { name: string; reason: string }[]; onDismiss: () => void };

/** Which files were not taken, and why. */
export function RefusedFiles({ refused, onDismiss }: Props) {
  if (refused.length === 0) return null;
  const title = refused.length === 1 ? "One file was not added" : `${refused.length} files were not added`;
  return (
    <div className="mx-4 mb-5 md:mx-0">
      <Notice role="alert" tone="danger" title={title} action={<IconButton label="Dismiss" tone="muted" onClick={onDismiss}><CloseIcon /></IconButton>}>
        <ul className="mt-1 flex flex-col gap-1">
          {refused.map(({ name, reason }, index) => (
            <li key={`${name}-${index}`}>
              <bdi className="font-medium">{name}</bdi>: {reason}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
