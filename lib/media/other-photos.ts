/** How files begin that are photos, but none we take: TIFF (with it most cameras' raw files), other raw files, BMP, Photoshop, icons, JPEG 2000. */
const BEGINNINGS = ["II*\0", "MM\0*", "IIRO", "IIRS", "IIU\0", "FUJIFILMCCD-RAW", "FOVb", "BM", "8BPS", "\0\0\x01\0", "\0\0\0\x0cjP  ", "\xff\x4f\xff\x51"];

/** Whether these first bytes, one character each, are those of a photo of a type that is not taken. Safe to import in the browser. */
export const isOtherPhoto = (start: string) => BEGINNINGS.some((beginning) => start.startsWith(beginning)) || start.slice(4, 12) === "ftypcrx ";
