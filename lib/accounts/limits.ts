/** Lengths in characters. Apart from the schemas, so that a form in the browser need not load those. */
export const USERNAME_MIN = 3;
export const USERNAME_MAX = 30;
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 200;
export const FULL_NAME_MAX = 60;
export const BIO_MAX = 300;
