import ts from 'typescript';
import { heldBy } from './glob.ts';
import { ENDS_THE_PROCESS } from './law.ts';
import { lineOf, walk } from './source.ts';
import type { Source } from './source.ts';

const PURE = ['daemon/core/**', 'daemon/strategies/**'];
const CORE = ['daemon/core/**'];

const CLOCKS_AND_CHANCE = new Map([
  ['Date', 'reads a clock: time is event.at'],
  ['performance', 'reads a clock: time is event.at'],
  ['crypto', 'makes chance: chance is a seed, identity is (bot, sequence)'],
  ['setTimeout', 'waits: the core is over before anything else happens'],
  ['setInterval', 'waits: the core is over before anything else happens'],
  ['setImmediate', 'waits: the core is over before anything else happens'],
  ['queueMicrotask', 'waits: the core is over before anything else happens'],
  ['Promise', 'waits: the core is over before anything else happens'],
  ['process', 'sees the machine: the core sees events'],
  ['globalThis', 'sees the machine: the core sees events'],
  ['console', 'writes: the core tells by its effects'],
  ['fetch', 'has I/O: the core has none'],
]);

/** What a file says that its room has no word for, one sentence each. */
export function wordFaults(source: Source): string[] {
  const laws = [
    ...(heldBy(PURE, source.path) ? [outsideWorld, waiting] : []),
    ...(heldBy(CORE, source.path) ? [modeWord] : []),
    ...(heldBy(ENDS_THE_PROCESS, source.path) ? [] : [endsProcess]),
    defaultExport,
  ];
  const faults: string[] = [];
  walk(source.tree, (node) => {
    for (const law of laws) {
      const fault = law(node);
      if (fault !== null) faults.push(`${source.path}:${lineOf(source.tree, node)} ${fault}`);
    }
  });
  return faults;
}

function outsideWorld(node: ts.Node): string | null {
  if (isMember(node, 'Math', 'random')) return 'Math.random makes chance: chance is a seed in the parameters';
  if (ts.isCallExpression(node) && node.arguments.length === 0 && memberName(node.expression) === 'format') {
    return 'format() without an argument reads a clock where the formatter is of dates: give it the instant';
  }
  if (!ts.isIdentifier(node) || isName(node)) return null;
  if (node.text === 'Math' && !ts.isPropertyAccessExpression(node.parent)) {
    return 'Math is handed on whole, and Math.random makes chance: name the function that is meant';
  }
  const why = CLOCKS_AND_CHANCE.get(node.text);
  return why === undefined ? null : `${node.text} ${why}`;
}

function waiting(node: ts.Node): string | null {
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return 'await waits: the core is synchronous';
  return node.kind === ts.SyntaxKind.AsyncKeyword ? 'async promises an answer later: the core is synchronous' : null;
}

function modeWord(node: ts.Node): string | null {
  if (!ts.isIdentifier(node) && !ts.isStringLiteralLike(node)) return null;
  if (ts.isStringLiteralLike(node) && /[^A-Za-z-]/.test(node.text)) return null;
  const word = wordsOf(node.text).find((part) => ['live', 'paper', 'backtest', 'backtesting'].includes(part));
  return word === undefined ? null : `says “${word}” (${node.text}): the core does not know how its orders are carried out`;
}

function endsProcess(node: ts.Node): string | null {
  const ends = isMember(node, 'process', 'exit') || isMember(node, 'process', 'abort');
  return ends ? 'ends the process: only a main.ts does, so that everything opened is closed' : null;
}

function defaultExport(node: ts.Node): string | null {
  const byName = ts.isExportSpecifier(node) && node.name.text === 'default';
  const byWord = node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent);
  const faulty = byName || byWord || (ts.isExportAssignment(node) && node.isExportEquals !== true);
  return faulty ? 'exports a default: export it by its name, so that it has one name everywhere' : null;
}

function isMember(node: ts.Node, object: string, member: string): boolean {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return false;
  return ts.isIdentifier(node.expression) && node.expression.text === object && memberName(node) === member;
}

function memberName(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) return node.argumentExpression.text;
  return null;
}

/** Whether an identifier only names a member (`x.process`, `{ process: 1 }`, `process?: number`) and so means no global. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent))
    return node !== (ts.isQualifiedName(parent) ? parent.left : parent.expression);
  const names =
    ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent) || ts.isMethodDeclaration(parent);
  return names && parent.name === node;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}
