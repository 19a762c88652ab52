import { createGunzip } from 'node:zlib';

/**
 * Unpacks gzip chunk by chunk. What could be unpacked before a fault is always given out first, then the fault is
 * thrown: where a file breaks off must not depend on how fast it was read, or a replay would not repeat itself.
 */
export async function* gunzip(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unpacked: Buffer[] = [];
  const { stream, settled, turn } = unpacker((chunk) => unpacked.push(chunk));
  try {
    for await (const chunk of packed) {
      await turn((done) => stream.write(chunk, done));
      yield* unpacked.splice(0);
      if (settled.over) break;
    }
    if (!settled.over) await turn(() => stream.end());
    yield* unpacked.splice(0);
    if (settled.fault !== null) throw settled.fault;
  } finally {
    stream.destroy();
  }
}

/** A gunzip stream, and turns of work with it that end when the work is done, or the stream is over, or it fails. */
function unpacker(give: (chunk: Buffer) => void) {
  const stream = createGunzip();
  const settled: { over: boolean; fault: Error | null } = { over: false, fault: null };
  let endTurn = (): void => undefined;
  const settle = (fault: Error | null): void => {
    settled.over = true;
    settled.fault ??= fault;
    endTurn();
  };
  stream.on('data', give);
  stream.on('end', () => settle(null));
  stream.on('error', settle);
  const turn = (work: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      endTurn = resolve;
      work(() => resolve());
    });
  return { stream, settled, turn };
}
