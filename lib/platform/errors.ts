/** Error codes of the REST API with their HTTP status (API.md, General). */
const STATUS = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  invalid: 422,
  too_many: 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;
export type FieldErrors = Record<string, string>;

/** An error whose message may be shown to the person who caused it. Everything else is "something went wrong". */
export class AppError extends Error {
  readonly status: number;
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly options: { fields?: FieldErrors; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.status = STATUS[code];
  }
  get fields() {
    return this.options.fields;
  }
  /** Seconds after which a repeat makes sense. */
  get retryAfter() {
    return this.options.retryAfter;
  }
}

export const malformed = (message = "The request could not be read.") => new AppError("malformed", message);
export const unauthenticated = (message = "Log in to do this.") => new AppError("unauthenticated", message);
export const forbidden = (message = "This is not allowed.") => new AppError("forbidden", message);
/** Also what may not be seen: it does not exist for the viewer (STYLE 2). */
export const notFound = (message = "This is not here, or not for you.") => new AppError("not_found", message);
export const conflict = (message: string, fields?: FieldErrors) => new AppError("conflict", message, { fields });
export const invalid = (message: string, fields?: FieldErrors) => new AppError("invalid", message, { fields });
export const tooLarge = (message: string, fields?: FieldErrors) => new AppError("too_large", message, { fields });
export const unsupportedType = (message: string, fields?: FieldErrors) => new AppError("unsupported_type", message, { fields });
/** `retryAfter` in seconds. */
export const tooMany = (message: string, retryAfter: number) => new AppError("too_many", message, { retryAfter });
export const unavailable = (message = "Try again in a moment.", retryAfter = 5, cause?: unknown) => new AppError("unavailable", message, { retryAfter, cause });

/** A 422 for one field. */
export const invalidField = (field: string, message: string) => invalid(message, { [field]: message });
