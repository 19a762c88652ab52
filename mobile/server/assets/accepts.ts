/** Tells whether a browser takes an encoding (RFC 9110 §12.5.3): named, and not with weight zero. */
export function accepts(header: string | undefined, encoding: 'br' | 'gzip'): boolean {
  for (const part of (header ?? '').split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (name !== encoding) continue;
    return !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  }
  return false;
}
