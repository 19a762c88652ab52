import type { ErrorBody } from '../contract/index.ts';

/**
 * An answer that is not the one asked for, as a value a person can act on. Thrown by routes and guards, turned into an
 * `ErrorBody` in one place; carries no stack, path or secret to the outside.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: ProblemStatus;
  readonly remedy: string;
  /** Headers of the answer: `Retry-After`, `Allow`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, facts: { readonly message?: string; readonly remedy?: string; readonly headers?: Readonly<Record<string, string>> } = {}) {
    const entry = PROBLEMS[code];
    super(facts.message ?? entry.message);
    this.name = 'Problem';
    this.code = code;
    this.status = entry.status;
    this.remedy = facts.remedy ?? entry.remedy;
    this.headers = facts.headers ?? {};
  }
}

/** The body that travels; `docs/api.md` lists the codes. */
export function errorBody(problem: Problem): ErrorBody {
  return { error: { code: problem.code, message: problem.message, remedy: problem.remedy } };
}

export type ProblemCode = keyof typeof PROBLEMS;
export type ProblemStatus = (typeof PROBLEMS)[ProblemCode]['status'];

/** Every refusal of the dashboard: its stable code, HTTP status, sentence and remedy. */
export const PROBLEMS = {
  'query.invalid': { status: 400, message: 'A query value is not valid.', remedy: 'Correct the value named in the message.' },
  'body.invalid': { status: 400, message: 'The body is not the JSON object this route expects.', remedy: 'Send {"password":"…"} as application/json.' },
  'password.too-long': {
    status: 400,
    message: 'A password of more than 72 bytes cannot be checked in full.',
    remedy: 'Use the password that was set with "bot-daemon passwd"; it is at most 72 bytes long.',
  },
  'auth.required': { status: 401, message: 'You are not signed in.', remedy: 'Sign in with POST /api/login and send the session cookie.' },
  'auth.wrong-password': { status: 401, message: 'This is not the password.', remedy: 'Try again, or set a new one with "bot-daemon passwd".' },
  'origin.foreign': { status: 403, message: 'The request came from another site.', remedy: 'Sign in and out on the page of the dashboard itself.' },
  'not-found': { status: 404, message: 'There is nothing at this address.', remedy: 'See docs/api.md for the addresses.' },
  'method.not-allowed': { status: 405, message: 'The dashboard only shows: nothing can be changed here.', remedy: 'Use GET or HEAD, or the bot-daemon command line.' },
  'body.too-large': { status: 413, message: 'The body is larger than 4 KiB.', remedy: 'Send only the fields this route expects.' },
  'url.too-long': { status: 414, message: 'The address is longer than 2 KiB.', remedy: 'Use fewer or shorter query values.' },
  'login.too-many': { status: 429, message: 'Too many attempts to sign in.', remedy: 'Wait for the time in Retry-After, then try again.' },
  'internal': { status: 500, message: 'The dashboard failed to answer.', remedy: 'Read the reason with "bot-daemon logs", then try again.' },
  'login.busy': { status: 503, message: 'Too many passwords are waiting to be checked.', remedy: 'Try again in a few seconds.' },
  'stream.too-many': { status: 503, message: 'Too many live streams are open.', remedy: 'Close other tabs, then try again.' },
  'ledger.unreadable': { status: 503, message: 'The ledger cannot be read.', remedy: 'Run "bot-daemon status" on the machine; it says why.' },
} as const satisfies Record<string, { status: number; message: string; remedy: string }>;
