/** No overlay: what the slot shows on every address that does not fill it. */
export default function NoOverlay() {
  return null;
}
