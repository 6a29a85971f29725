/** Where else a post may go than to those who see it: the bits of a number that Postgres makes (openness-sql.ts). */
export const REPOSTABLE = 1;
export const EMBEDDABLE = 2;

type Row = { openness: number };

/** It is for everybody, and its author lets others show it to their followers: this one, and theirs at all. */
export const isRepostable = ({ openness }: Row): boolean => (openness & REPOSTABLE) !== 0;

/** It is for everybody, and may appear on other sites. */
export const isEmbeddable = ({ openness }: Row): boolean => (openness & EMBEDDABLE) !== 0;
