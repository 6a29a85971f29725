import localFont from "next/font/local";

// Hanken Grotesk (SIL Open Font License), bundled by @fontsource-variable and served by ourselves. The Latin file is
// preloaded, and its fallback's metrics are adjusted so that nothing moves when it arrives. The others are fetched only
// by pages that hold such letters; they stand first in the list, being limited to their ranges (see globals.css).
const latin = localFont({
  src: "../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2",
  variable: "--font-hanken",
  weight: "100 900",
  display: "swap",
  fallback: ["ui-sans-serif", "system-ui", "sans-serif"],
});

const extended = localFont({
  src: "../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-ext-wght-normal.woff2",
  variable: "--font-hanken-ext",
  weight: "100 900",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value: "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2C60-2C7F,U+A720-A7FF",
    },
  ],
});

export const fontClass = `${latin.variable} ${extended.variable}`;
