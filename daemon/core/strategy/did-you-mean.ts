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

/**
 * Damerau's distance (1964), by the algorithm of Lowrance and Wagner (1975): the fewest insertions, deletions,
 * substitutions and swaps of two neighbours that turn one word into the other.
 */
export function editDistance(from: string, to: string): number {
  const table: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => table[row]?.[column] ?? Number.POSITIVE_INFINITY;
  /** By letter, the last row above that begins with it; 0: none. */
  const lastRow = new Map<string, number>();
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    table.push(current);
    let lastColumn = 0;
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapRow = lastRow.get(to[column - 1] ?? '') ?? 0;
      // Two letters swapped, whatever stands between them taken out or put in: row and column -1 hold no way there.
      const swapped = at(swapRow - 1, lastColumn - 1) + (row - swapRow - 1) + 1 + (column - lastColumn - 1);
      const substituted = at(row - 1, column - 1) + (same ? 0 : 1);
      current.push(Math.min(substituted, at(row - 1, column) + 1, at(row, column - 1) + 1, swapped));
      if (same) lastColumn = column;
    }
    lastRow.set(from[row - 1] ?? '', row);
  }
  return at(from.length, to.length);
}
