import { isReminderPutAway } from "@/lib/accounts/browser-cookies";
import { getAddress } from "@/lib/accounts/email";
import { mailGoesOut } from "@/lib/platform/mail/transport";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { ConfirmReminder } from "./confirm-reminder";

/** Reminds whoever has not confirmed their address yet, unless they put the reminder away for some days. */
export async function ConfirmAddress({ viewer }: { viewer: Viewer }) {
  if (await isReminderPutAway()) return null;
  const { email, verified } = await getAddress(viewer);
  return verified ? null : <ConfirmReminder email={email} goesOut={mailGoesOut()} />;
}
