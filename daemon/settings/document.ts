import { type KeySchema, settingsJsonSchema } from './keys.ts';

/** docs/settings.md, printed from the schema: what every key means, what it may be and what holds where it is left out. */
export function settingsDocument(): string {
  const root = settingsJsonSchema();
  return `${INTRODUCTION}\n${table(root)}${sections(root, '')}`;
}

const INTRODUCTION = `# Settings

<!-- Printed from daemon/settings/schema.ts; after a change: npx vitest run -u --config .config/vitest.config.ts test/daemon/settings/document.test.ts -->

One JSON file, without comments. It is looked for in this order: \`--settings\`, \`BOT_DAEMON_SETTINGS\`, \`./settings.json\`,
\`/etc/bot-daemon/settings.json\`. \`bot-daemon config check\` names every fault at once; \`bot-daemon config show\` prints what is in
force and where each value comes from. A key that is not named here is a fault. Amounts, prices and quantities are texts or
numbers and are read as exact decimals. \`settings.example.json\` is a whole file to begin with.

\`SIGHUP\` (and \`bot-daemon passwd\`) makes a running daemon read the file anew: \`log.level\` and \`mobile.passwordHash\` are taken
over at once, everything else at the next start. A file with faults changes nothing.
`;

function sections(node: KeySchema, path: string): string {
  return Object.entries(node.properties ?? {})
    .map(([key, child]) => section(child, path === '' ? key : `${path}.${key}`))
    .join('');
}

function section(node: KeySchema, path: string): string {
  if (node.items?.properties !== undefined) return section(node.items, `${path}[]`);
  const alternatives = (node.anyOf ?? node.oneOf ?? []).filter(({ properties }) => properties !== undefined);
  if (alternatives.length > 0) return alternatives.map((alternative) => section(alternative, `${path}${variant(alternative)}`)).join('');
  if (node.properties === undefined || Object.keys(node.properties).length === 0) return '';
  return `\n## ${path}\n\n${table(node)}${sections(node, path.replace(/ .*$/, ''))}`;
}

/** What tells one alternative from the other: its kind, or the keys it must have. */
function variant({ properties = {}, required = [] }: KeySchema): string {
  const kind = properties['kind']?.const;
  return typeof kind === 'string' ? ` (kind "${kind}")` : ` (${required.join(', ')})`;
}

function table({ properties = {}, required = [] }: KeySchema): string {
  const rows = Object.entries(properties).map(
    ([key, node]) => `| \`${key}\` | ${kindOf(node)} | ${preset(node, required.includes(key))} | ${cell(node.description ?? '')} |`,
  );
  return `| key | what | left out | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function preset(node: KeySchema, required: boolean): string {
  if (required) return '**required**';
  return node.default === undefined || (typeof node.default === 'object' && node.default !== null && !Array.isArray(node.default))
    ? ''
    : `\`${JSON.stringify(node.default)}\``;
}

function kindOf(node: KeySchema): string {
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives !== undefined) return [...new Set(alternatives.map(kindOf))].join(' or ');
  if (node.type === 'array') return `list of ${node.items === undefined ? 'values' : plural(kindOf(node.items))}`;
  return `${WORDS[node.type ?? ''] ?? 'value'}${range(node)}`;
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
};

function range({ minimum, maximum, exclusiveMinimum }: KeySchema): string {
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}${maximum === undefined ? '' : `, at most ${maximum}`}`;
  return minimum === undefined || maximum === undefined ? '' : ` ${minimum}…${maximum}`;
}

function plural(words: string): string {
  return words.endsWith('object') || words === 'text' ? `${words}s` : words;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
