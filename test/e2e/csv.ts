/** Reads RFC 4180 text with a header line into records. */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let n = 0; n < text.length; n += 1) {
    const sign = text[n] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[n + 1] === '"') {
        cell += '"';
        n += 1;
      } else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ',') {
      rows.at(-1)?.push(cell);
      cell = '';
    } else if (sign === '\n') {
      rows.at(-1)?.push(cell.replace(/\r$/, ''));
      cell = '';
      rows.push([]);
    } else cell += sign;
  }
  const [header = [], ...body] = rows.filter((row) => row.length > 0);
  return body.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])));
}

/** A plain decimal as an integer of 1e-8; the sums of this test are exact. */
export function e8(text: string): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole) * 100_000_000n + BigInt(fraction.padEnd(8, '0'));
  return negative ? -magnitude : magnitude;
}

/** As the phone writes a result: rounded half away from zero to two decimals, U+2212, grouped as the currency's country groups. */
export function phoneText(scaled: bigint, currency: string): string {
  const format = new Intl.NumberFormat(currency === 'INR' ? 'en-IN' : 'en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const magnitude = scaled < 0n ? -scaled : scaled;
  const digits = magnitude.toString().padStart(9, '0');
  const text = format.format(`${digits.slice(0, -8)}.${digits.slice(-8)}` as unknown as number);
  const sign = scaled < 0n ? '−' : scaled > 0n ? '+' : '';
  return currency === 'INR' ? `${sign}₹${text}` : `${sign}${text} ${currency}`;
}
