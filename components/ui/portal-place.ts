/**
 * Where something that floats above `element` belongs in the document: in the dialog around it (the rest is hidden from
 * assistive technology meanwhile), else in the page's main landmark rather than outside all of them.
 */
export function portalPlace(element: Element): HTMLElement {
  return element.closest<HTMLElement>('[role="dialog"], [role="alertdialog"]') ?? document.querySelector("main") ?? document.body;
}
