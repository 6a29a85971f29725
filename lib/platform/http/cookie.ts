/** The last cookie of this name in a `cookie` header, decoded where it is encoded right. */
export function cookieIn(header: string | null | undefined, name: string): string | undefined {
  const found = header?.split(/; */).findLast((pair) => pair.startsWith(`${name}=`));
  return found === undefined ? undefined : decode(found.slice(name.length + 1));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
