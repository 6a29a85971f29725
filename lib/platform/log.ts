import pino from "pino";
import { env } from "./env";

let logger: pino.Logger | undefined;

/**
 * The process's JSON log. Bind what identifies the work (`request_id`, `job`, `user_id`), never what identifies a
 * person from outside: e-mail, address, token.
 */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: ["email", "password", "token", "authorization", "cookie", "*.email", "*.password", "*.token", "*.authorization", "*.cookie"], censor: "[hidden]" },
  });
  return logger;
}
