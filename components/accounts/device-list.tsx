"use client";
import { endDevice, endOtherDevices } from "@/lib/accounts/actions";
import type { DeviceView } from "@/lib/accounts/types";
import { Badge } from "@/components/ui/badge";
import { DeviceIcon, KeyIcon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

/** Where one is signed in, and how to end it. */
export function DeviceList({ devices }: { devices: DeviceView[] }) {
  const one = useFormState(endDevice);
  const others = useFormState(endOtherDevices);
  return (
    <div className="flex flex-col gap-5">
      <ul className="flex flex-col">
        {devices.map((device) => (
          <li key={device.id} className="flex min-h-16 items-center gap-4 border-b py-2 last:border-b-0">
            <span className="text-muted">{device.kind === "api" ? <KeyIcon /> : <DeviceIcon />}</span>
            <span className="min-w-0 flex-1">
              <span className="block truncate text-ui font-medium">{device.kind === "api" ? `${device.device} (API)` : device.device}</span>
              <span className="block text-sm text-muted">Last active <RelativeTime value={device.last_seen_at} length="long" />, signed in <RelativeTime value={device.created_at} length="long" /></span>
            </span>
            {device.is_current ? <Badge tone="accent">This device</Badge> : (
              <form action={one.submit}>
                <input type="hidden" name="session_id" value={device.id} />
                <SubmitButton variant="secondary" size="sm" title={`Sign out of ${device.device}`}>Sign out</SubmitButton>
              </form>
            )}
          </li>
        ))}
      </ul>
      <FormMessage state={one.state} />
      {devices.some((device) => !device.is_current) || others.state.ok ? (
        <form action={others.submit} className="flex flex-col items-start gap-5">
          <FormMessage state={others.state} />
          <SubmitButton variant="secondary">Sign out of all other devices</SubmitButton>
        </form>
      ) : null}
    </div>
  );
}
