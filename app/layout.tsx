import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { TellLine } from "@/components/media/tell-line";
import { ToastHost } from "@/components/ui/toast-host";
import { LinkClicks } from "@/components/shell/link-clicks";
import { Who } from "@/components/shell/who";
import { readTheme } from "@/components/shell/theme";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { fontClass } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Heliograph", template: "%s · Heliograph" },
  description: "The photo community that people host themselves.",
  applicationName: "Heliograph",
  appleWebApp: { capable: true, title: "Heliograph", statusBarStyle: "default" },
  formatDetection: { telephone: false, email: false, address: false },
};

const bars = { light: "#fbf8f3", dark: "#12100e" } as const;

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  return {
    width: "device-width",
    initialScale: 1,
    viewportFit: "cover",
    themeColor:
      theme === "system"
        ? [
            { media: "(prefers-color-scheme: light)", color: bars.light },
            { media: "(prefers-color-scheme: dark)", color: bars.dark },
          ]
        : bars[theme],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [theme, viewer] = await Promise.all([readTheme(), getViewer()]);
  return (
    <html lang="en" className={fontClass} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <Who id={viewer?.id ?? null} />
        {children}
        <ToastHost />
        <TellLine />
        <LinkClicks />
      </body>
    </html>
  );
}
