/** Which person's page a request comes from: another tab of the same browser may have become somebody else's meanwhile. */
export const PERSON_HEADER = "x-heliograph-person";
export const PERSON_META = "heliograph-person";

/** In the browser: the header that says whose page this is. */
export function fromPage(): Record<string, string> {
  if (typeof document === "undefined") return {};
  const id = document.querySelector<HTMLMetaElement>(`meta[name="${PERSON_META}"]`)?.content;
  return id ? { [PERSON_HEADER]: id } : {};
}
