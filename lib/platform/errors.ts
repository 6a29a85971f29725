/** Error codes of the REST API with their HTTP status (API.md, General). */
const STATUS = {
  malformed: 400,
  unauthenticated: 401,
  two_factor_required: 401,
  step_up_required: 403,
  account_deleted: 403,
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
    readonly options: { fields?: FieldErrors; retryAfter?: number; challenge?: string; current?: object; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.status = STATUS[code];
  }
  get fields() {
    return this.options.fields;
  }
  /** Of a conflict: what is there now. */
  get current() {
    return this.options.current;
  }
  /** Seconds after which a repeat makes sense. */
  get retryAfter() {
    return this.options.retryAfter;
  }
  /** What the next step of signing in has to name. */
  get challenge() {
    return this.options.challenge;
  }
}

export const malformed = (message = "The request could not be read.") => new AppError("malformed", message);
export const unauthenticated = (message = "Log in to do this.") => new AppError("unauthenticated", message);
/** The password was right, but a code is asked for, too. */
export const twoFactorRequired = (challenge: string) => new AppError("two_factor_required", "Enter the code of your authenticator app.", { challenge });
/** Proved who they are, but had deleted the account: the next step is to say that they want it back. */
export const accountDeleted = (challenge: string, message: string) => new AppError("account_deleted", message, { challenge });
/** Signed in, but what is asked for wants a fresh proof of who asks. */
export const stepUpRequired = (message = "Confirm first that it is you.") => new AppError("step_up_required", message);
export const forbidden = (message = "This is not allowed.") => new AppError("forbidden", message);
/** Also what may not be seen: it does not exist for the viewer. */
export const notFound = (message = "This is not here, or not for you.") => new AppError("not_found", message);
export const conflict = (message: string, fields?: FieldErrors) => new AppError("conflict", message, { fields });
/** A 409 for a change of what was changed by somebody else in between. */
export const overtaken = (message: string, current: object) => new AppError("conflict", message, { current });
export const invalid = (message: string, fields?: FieldErrors) => new AppError("invalid", message, { fields });
export const tooLarge = (message: string, fields?: FieldErrors) => new AppError("too_large", message, { fields });
export const unsupportedType = (message: string, fields?: FieldErrors) => new AppError("unsupported_type", message, { fields });
/** `retryAfter` in seconds. */
export const tooMany = (message: string, retryAfter: number) => new AppError("too_many", message, { retryAfter });
export const unavailable = (message = "Try again in a moment.", retryAfter = 5, cause?: unknown) => new AppError("unavailable", message, { retryAfter, cause });

/** A 422 for one field. */
export const invalidField = (field: string, message: string) => invalid(message, { [field]: message });
