/** For `catch`: lets refusals with these codes pass, and throws everything else. */
export const unless = (...codes: string[]) => (error: { code?: string }): void => {
  if (!codes.includes(error.code ?? "")) throw error;
};

/** Work that may come too late for what it is about. */
export const calm = (work: Promise<unknown>) => work.catch(unless("not_found"));
