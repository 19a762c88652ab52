/** A line of a text file with its number, from 1; `cut` where it was too long to be kept whole. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly cut: boolean;
}

/** Longest line kept: a candle needs a hundred characters, and a file without line ends must not fill the memory. */
const LONGEST = 4_096;

/**
 * Splits chunks of bytes into batches of lines, without their line ends; a last line without one counts, an empty rest
 * does not. Bytes are read as Latin-1: the numbers of a candle file are ASCII, and nothing else in it is understood.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[]> {
  let number = 0;
  let rest = '';
  let cut = false;
  const lineOf = (text: string): Line => {
    number += 1;
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    const tooLong = cut || whole.length > LONGEST;
    cut = false;
    return { number, text: tooLong ? whole.slice(0, LONGEST) : whole, cut: tooLong };
  };
  for await (const chunk of chunks) {
    const parts = (rest + chunk.toString('latin1')).split('\n');
    rest = parts.pop() ?? '';
    yield parts.map(lineOf);
    if (rest.length > LONGEST) {
      rest = rest.slice(0, LONGEST);
      cut = true;
    }
  }
  if (rest !== '') yield [lineOf(rest)];
}
