/** Brings an element to the middle of what scrolls around it: the page, or within an overlay the part that scrolls; the overlay itself stays where it is. */
export function showInPlace(element: HTMLElement): void {
  for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
    const { overflowY } = getComputedStyle(around);
    if (/auto|scroll/.test(overflowY) && around.scrollHeight > around.clientHeight) {
      const [inner, outer] = [element.getBoundingClientRect(), around.getBoundingClientRect()];
      around.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
      return;
    }
    if (around.role === "dialog") return;
  }
  element.scrollIntoView({ block: "center" });
}
