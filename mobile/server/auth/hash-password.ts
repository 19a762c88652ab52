import { hash, truncates } from 'bcryptjs';

/** Rounds are 2^12: about 0.4 s of one core, per guess. */
export const PASSWORD_COST = 12;
export const PASSWORD_LEAST_CHARACTERS = 12;

/**
 * Hashes a dashboard password for the settings. Throws a `PasswordRefused` for one that is shorter than 12 characters,
 * or longer than 72 bytes, of which bcrypt would ignore the rest.
 */
export async function hashPassword(plain: string): Promise<string> {
  if ([...plain].length < PASSWORD_LEAST_CHARACTERS) {
    throw new PasswordRefused('password.too-short', `The password has fewer than ${PASSWORD_LEAST_CHARACTERS} characters.`, 'Choose a longer one; a sentence is easy to remember.');
  }
  if (truncates(plain)) {
    throw new PasswordRefused('password.too-long', 'The password is longer than 72 bytes, and bcrypt ignores what follows.', 'Choose one of at most 72 bytes; letters outside ASCII take two to four each.');
  }
  return hash(plain, PASSWORD_COST);
}

/** A password that cannot be set, with what to do instead. */
export class PasswordRefused extends Error {
  readonly code: 'password.too-short' | 'password.too-long';
  readonly remedy: string;

  constructor(code: 'password.too-short' | 'password.too-long', message: string, remedy: string) {
    super(message);
    this.name = 'PasswordRefused';
    this.code = code;
    this.remedy = remedy;
  }
}

/** True for text that has the shape of a bcrypt hash (`$2b$12$` and 53 signs). */
export function isPasswordHash(text: string): boolean {
  return /^\$2[aby]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/.test(text);
}
