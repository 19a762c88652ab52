import type { Message } from '../../contract/index.ts';

/**
 * A message as the bytes of an event stream (HTML Standard §9.2), made once for all phones. `told` is the sequence number
 * up to which the reader then knows everything, and from which it resumes; null leaves the reader's own unchanged.
 */
export function encode(message: Message, told: number | null): Buffer {
  const id = told === null ? '' : `id: ${told}\n`;
  // JSON has no line break outside its strings, and writes those inside as \n: one data line is enough.
  return Buffer.from(`${id}event: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`);
}

/** A comment, which readers ignore and proxies count as life. */
export const PING = Buffer.from(': k\n\n');

/** How long a browser waits before it comes back by itself. */
export const RETRY_HINT = Buffer.from('retry: 1000\n\n');
