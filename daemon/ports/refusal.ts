/**
 * A refusal a person can act on: a stable code, where, what was found, what is expected and the remedy. Thrown by
 * start-up code and turned into an exit code by the command line; never a stack trace for a user's mistake.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly faults: readonly Fault[];

  constructor(code: string, exitCode: ExitCode, message: string, faults: readonly Fault[] = []) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.exitCode = exitCode;
    this.faults = faults;
  }
}

/** One thing wrong with an input. */
export interface Fault {
  /** Where: `risk.maxPositionPct`, `btc.csv:17`. */
  readonly path: string;
  readonly found: unknown;
  readonly expected: string;
  readonly remedy: string;
}

/** Exit codes of the public surface (architecture.md). */
export const EXIT = {
  done: 0,
  failed: 1,
  notRunning: 3,
  usage: 64,
  internal: 70,
  alreadyRunning: 73,
  ordersLeftOpen: 75,
  refused: 78,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
