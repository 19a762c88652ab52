/** While `seen` < n, `value` is the sum of what was seen; from then on it is the average. */
export interface WilderState {
  seen: number;
  value: number;
}

/** An average that has seen nothing. */
export const startWilder = (): WilderState => ({ seen: 0, value: 0 });

/**
 * Feeds one value to Wilder's average over n values: the simple mean of the first n, then `(value·(n−1) + x) / n`
 * (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978; the order of operations is TA-Lib's).
 */
export function pushWilder(state: WilderState, value: number, n: number): void {
  if (state.seen >= n) {
    state.value = (state.value * (n - 1) + value) / n;
    return;
  }
  state.value += value;
  state.seen += 1;
  if (state.seen === n) state.value /= n;
}
