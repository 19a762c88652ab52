/** The machine's time, for pacing, heartbeats and logs; never for trading rules, which live in market time. */
export interface Clock {
  /** Wall time, UTC milliseconds. */
  now(): number;
  /** Milliseconds that never go back, for measuring spans. */
  monotonic(): number;
  /** Resolves after the span, or at once when the signal aborts; never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
