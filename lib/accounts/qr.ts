import "server-only";
import QRCode from "qrcode";

/** A QR code as the address of an SVG picture; dark on white in every theme, since scanners expect that. */
export async function qrImage(text: string): Promise<string> {
  const svg = await QRCode.toString(text, { type: "svg", margin: 2, errorCorrectionLevel: "M", color: { dark: "#000000", light: "#ffffff" } });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
