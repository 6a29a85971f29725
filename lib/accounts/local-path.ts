/**
 * A path of our own to go to after logging in, or `fallback`. Everything that a browser could read as another site
 * (`//x`, `/\x`, `https:x`, with tabs or line feeds inside) becomes the fallback.
 */
export function localPath(path: string | null | undefined, fallback = "/"): string {
  if (!path || !/^\/(?![/\\])[^\u0000-\u001f\\]*$/.test(path)) return fallback;
  const url = new URL(path, "http://self.invalid");
  if (url.host !== "self.invalid") return fallback;
  const local = url.pathname + url.search + url.hash;
  // "/.//evil.example" is normalised to "//evil.example".
  return local.startsWith("//") ? fallback : local;
}
