/** Lengths in characters, and how many links a profile may show. Apart from the schemas, so that a form need not load those. */
export const PRONOUNS_MAX = 30;
export const LINKS_MAX = 5;
export const LINK_TITLE_MAX = 40;
export const WEB_ADDRESS_MAX = 200;
