/** The first thing a keyboard reaches: past the navigation, to the page. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="sr-only z-60 rounded-md bg-accent px-5 py-3 font-semibold text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
    >
      Skip to content
    </a>
  );
}
