import type { ExitCode, Fault } from '../ports/refusal.ts';
import type { TreeStatus } from './status.ts';

/** What a supervisor in the background tells the `start` that waits for it, over IPC; the last message comes before `start` lets go. */
export type StartReport =
  | { readonly kind: 'up'; readonly status: TreeStatus }
  /** A child was given up before both were ready; the rest of the tree stays up. */
  | { readonly kind: 'trouble'; readonly sentence: string }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      readonly faults: readonly Fault[];
      readonly exitCode: ExitCode;
    };
