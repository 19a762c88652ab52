/** Writes the recorded run into docs/benchmarks.md, between its two marks; what stands around them is written by hand. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';

const BEGIN = '<!-- run: written by "npm run bench -- --write" -->';
const END = '<!-- end of run -->';

/** `load`: of one minute, before the run and after it. Throws where the page or its marks are not there. */
export async function writePage(path, rows, load) {
  const page = await readFile(path, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from === -1 || to < from) throw new Error(`${path}: expected "${BEGIN}" and "${END}" around the table`);
  await writeFile(path, `${page.slice(0, from)}${BEGIN}\n\n${machine(load)}\n\n${table(rows)}\n\n${page.slice(to)}`);
}

function machine(load) {
  const processors = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const shell = version('sqlite3', ['--version']).split(' ')[0];
  return [
    `Recorded ${new Date().toISOString().slice(0, 10)} on ${processors[0]?.model ?? 'an unknown processor'}, ${processors.length} cores, ${memory};`,
    `Node ${process.versions.node}, Linux ${release()}, sqlite3 shell ${shell}. Load average ${load.map((one) => one.toFixed(1)).join(' before, ')} after, the benches' own included.`,
  ].join('\n');
}

function version(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8' }).trim();
  } catch {
    return 'absent';
  }
}

function table(rows) {
  const cells = (row) => [row.name, row.figure, row.beside, row.ratio ?? '–', row.limit ?? '–', row.verdict ?? '–'];
  const line = (values) => `| ${values.join(' | ')} |`;
  return [
    line(['name', 'figure', 'beside', 'ratio', 'limit', '']),
    line(Array(6).fill('---')),
    ...rows.map((row) => line(cells(row))),
  ].join('\n');
}
