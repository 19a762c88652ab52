export interface Machine {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly exists?: (path: string) => boolean;
  readonly root?: boolean;
  /** Runs apt-get; answers what went wrong, or null. */
  readonly apt?: (args: readonly string[]) => string | null;
  readonly say?: (sentence: string) => void;
}
/** The browser the tests drive, or one sentence that says what to install. */
export function findChromium(machine?: Machine): Promise<{ readonly path: string } | { readonly refusal: string }>;
