/** What is put behind an address of one's own profile so that it stays as the onlooker has it. */
export const asQuery = (as: string | undefined): string => (as === undefined ? "" : `?as=${encodeURIComponent(as)}`);
