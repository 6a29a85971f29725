/** Closes the overlay when one goes on to any other page. */
export default function NoOverlay() {
  return null;
}
