/**
 * A question naming the known word nearest to a mistyped one, `did you mean "period"?`; null where none is near. Near: at most
 * a third of the longer word's letters differ, capitals aside.
 */
export function didYouMean(typed: string, known: readonly string[]): string | null {
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const word of known) {
    const distance = editDistance(typed.toLowerCase(), word.toLowerCase());
    const near = distance <= Math.max(1, Math.floor(Math.max(typed.length, word.length) / 3));
    if (near && (best === null || distance < best.distance)) best = { word, distance };
  }
  return best === null ? null : `did you mean "${best.word}"?`;
}

/** Levenshtein's distance (1966): the fewest insertions, deletions and substitutions that turn one word into the other. */
export function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const substituted = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? 0;
}
