"use client";
// Panels within one page, by Radix (arrow keys, roving focus). Where each tab has its own address, take <TabLinks> (tab-links.tsx).
//   <Tabs label="Edit photo" tabs={[{ value: "crop", text: "Crop", panel: <Crop /> }, …]} />
import * as Radix from "@radix-ui/react-tabs";
import type { ReactNode } from "react";
import { tabClass, tabListClass } from "./tab-links";

type Tab = { value: string; text: string; icon?: ReactNode; panel: ReactNode };
type Props = { label: string; tabs: Tab[]; value?: string; onValueChange?: (value: string) => void; className?: string };

export function Tabs({ label, tabs, value, onValueChange, className }: Props) {
  return (
    <Radix.Root defaultValue={tabs[0]?.value} value={value} onValueChange={onValueChange} className={className}>
      <Radix.List aria-label={label} className={tabListClass}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={tabClass}>
            {tab.icon}
            {tab.text}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-5">
          {tab.panel}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
