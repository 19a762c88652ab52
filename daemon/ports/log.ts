/** Structured log of events: facts in fields, a constant message, no secrets. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  child(fields: LogFields): Log;
}
export type LogFields = Readonly<Record<string, unknown>>;
