/** Reads RFC 4180 as it is written there, sign by sign; throws on what the RFC does not allow. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let place = 0;
  while (place < text.length) {
    const { field, next } = text[place] === '"' ? quoted(text, place) : plain(text, place);
    record.push(field);
    if (text[next] === ',') {
      place = next + 1;
    } else if (text.startsWith('\r\n', next)) {
      records.push(record);
      record = [];
      place = next + 2;
    } else {
      throw new Error(`expected a comma or CR LF at ${next}, found ${JSON.stringify(text.slice(next, next + 10))}`);
    }
  }
  if (record.length > 0) throw new Error('the last record does not end');
  return records;
}

function plain(text: string, from: number): { readonly field: string; readonly next: number } {
  const [field = ''] = /^[^",\r\n]*/.exec(text.slice(from, from + 10_000)) ?? [];
  return { field, next: from + field.length };
}

function quoted(text: string, from: number): { readonly field: string; readonly next: number } {
  let field = '';
  for (let place = from + 1; place < text.length; place += 1) {
    if (text[place] !== '"') field += text[place] ?? '';
    else if (text[place + 1] === '"') {
      field += '"';
      place += 1;
    } else return { field, next: place + 1 };
  }
  throw new Error(`the quote at ${from} does not end`);
}
