"use client";
import { useEffect, useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import type { PushDeviceView } from "@/lib/notifications/delivery/types";
import { type PushState, readState, turnOff, turnOn } from "./push-browser";
import { PushDevices } from "./push-devices";

/** Turns pushes on and off on this device, and shows where else they come. */
export function PushSection({ devices: served }: { devices: PushDeviceView[] }) {
  const [devices, setDevices] = useState(served);
  const [state, setState] = useState<PushState | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const isKnown = served.some((device) => device.is_current);
  useEffect(() => void readState(isKnown).then(setState, () => setState("unsupported")), [isKnown]);

  async function set(on: boolean) {
    setBusy(true);
    setProblem("");
    const turned = await (on ? turnOn() : turnOff());
    setBusy(false);
    if (turned.ok) setDevices(turned.devices);
    else setProblem(turned.message);
    setState(turned.ok ? (on ? "on" : "off") : turned.state);
  }

  return (
    <div className="flex flex-col gap-5">
      <div className="border-y">
        <Switch label="Notifications on this device" hint="They come when Heliograph is closed, too." checked={state === "on"} disabled={busy || state === null || state === "unsupported" || state === "denied"} onChange={(event) => void set(event.target.checked)} />
      </div>
      <div role="status" className="[&:not(:has(p))]:-mb-5">{state === "denied" || state === "unsupported" ? <Hindrance state={state} /> : null}</div>
      <FormError message={problem || null} />
      {state === "on" ? <SendTest /> : null}
      <PushDevices devices={devices} onChange={(left, gone) => {
        setDevices(left);
        if (gone.is_current) void set(false);
      }} />
    </div>
  );
}

function Hindrance({ state }: { state: "denied" | "unsupported" }) {
  return (
    <Notice>
      {state === "denied"
        ? <p>This browser does not let Heliograph notify you. To change that, open the settings of this site (the sign beside the address), allow notifications, and load this page anew.</p>
        : <p>This browser cannot show notifications of sites. On an iPhone or iPad, add Heliograph to the home screen first and open it from there.</p>}
    </Notice>
  );
}

function SendTest() {
  const [busy, setBusy] = useState(false);
  async function send() {
    setBusy(true);
    const outcome = await request("POST", "/api/push/test");
    setBusy(false);
    if (outcome.ok) toast("Sent. It should appear in a moment.");
    else toast.error("No test was sent", { description: outcome.message });
  }
  return <Button className="self-start" loading={busy} onClick={() => void send()}>Send a test</Button>;
}
