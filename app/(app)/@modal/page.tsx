/** Closes the overlay when one goes on to the home feed. */
export default function NoOverlay() {
  return null;
}
