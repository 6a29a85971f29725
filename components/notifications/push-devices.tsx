"use client";
import { request } from "@/components/interactions/request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DeviceIcon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { PushDeviceView } from "@/lib/notifications/delivery/types";
import type { Devices } from "./push-browser";

type Props = { devices: PushDeviceView[]; /** Hears what is left and which one went. */ onChange: (left: PushDeviceView[], gone: PushDeviceView) => void };

/** Where notifications come outside the page; each can be turned off from here. */
export function PushDevices({ devices, onChange }: Props) {
  if (devices.length === 0) return <p className="text-ui text-muted">No device of yours gets notifications yet.</p>;

  async function remove(device: PushDeviceView) {
    const outcome = await request<Devices>("DELETE", `/api/push/subscription?id=${device.id}`);
    if (!outcome.ok) return toast.error("It still gets notifications", { description: outcome.message });
    onChange(outcome.data.devices, device);
  }

  return (
    <ul aria-label="Devices that get notifications" className="divide-y border-y">
      {devices.map((device) => (
        <li key={device.id} className="flex min-h-16 items-center gap-4 py-2">
          <span className="text-muted"><DeviceIcon /></span>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-ui font-medium">{device.device}</span>
            <span className="block text-sm text-muted">
              On since <RelativeTime value={device.created_at} length="long" />{device.last_ok_at ? <>, last sent <RelativeTime value={device.last_ok_at} length="long" /></> : null}
            </span>
          </span>
          {device.is_current ? <Badge tone="accent">This device</Badge> : null}
          <Button size="sm" aria-label={`Turn off on ${device.device}`} onClick={() => void remove(device)}>Turn off</Button>
        </li>
      ))}
    </ul>
  );
}
