/** Takes out what looks like a secret, though nothing should have logged one: bcrypt hashes and long opaque tokens. */
export function redact(text: string): string {
  if (text.length < SHORTEST_SECRET) return text;
  return text.replace(BCRYPT, '[redacted]').replace(LONG_TOKEN, (token) => (mixed(token) ? '[redacted]' : token));
}

/**
 * Takes out what would make a terminal or a browser show something else than what is there: ANSI sequences, control
 * characters, and the marks that turn the direction of writing ("Trojan Source", CVE-2021-42574).
 */
export function clean(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  return text.replace(ANSI, '').replace(CONTROL, ' ').replace(DIRECTION, '');
}

const BCRYPT = /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}/g;
const SHORTEST_SECRET = 32;
/** An API key has at least this many signs of the base64 alphabets. */
const LONG_TOKEN = /[A-Za-z0-9_+/=-]{32,}/g;
/** Most text has none of what is looked for. */
const NOT_PLAIN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])?|\u009b[0-?]*[ -/]*[@-~]?/g;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A path or a row of dashes is long too, but has no digits among its letters. */
function mixed(token: string): boolean {
  return /\d/.test(token) && /[A-Za-z]/.test(token) && !/^[\w-]*\/[\w-]+\/[\w/-]*$/.test(token);
}
