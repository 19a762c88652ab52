import { type ChildProcess, spawn } from 'node:child_process';
import type { FromChild, ToChild } from '../ports/process-messages.ts';

/** How to start one process of the tree. */
export interface ChildPlan {
  readonly name: 'trader' | 'dashboard';
  /** Absolute path of the script that Node runs. */
  readonly script: string;
  /** The one JSON it is given on stdin, asked for anew at each start. */
  readonly start: () => object;
  /** Show what it prints. */
  readonly foreground: boolean;
}

/** How a process ended. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last that it wrote to stderr. */
  readonly lastWords: string;
}

/** A process that runs. */
export interface RunningChild {
  readonly pid: number | null;
  /** Sends where there is still someone to hear it. */
  send(message: ToChild): void;
  signal(signal: NodeJS.Signals): void;
  /** Resolves once it has ended, or could not be started at all. */
  readonly ended: Promise<ChildEnd>;
}

const LAST_WORDS = 4_000;
/** V8's young generation grows to 48 MB where it may; one megabyte a half is enough for ours, and a small VPS has no more to give. */
const SMALL_NURSERY = '--max-semi-space-size=1';

/**
 * Starts a process of the tree, in a process group of its own: a Ctrl-C in the terminal is for the supervisor alone,
 * which then stops its children in their order.
 */
export function startChild(plan: ChildPlan, hear: (message: FromChild) => void): RunningChild {
  const child = spawn(process.execPath, [SMALL_NURSERY, plan.script], {
    stdio: ['pipe', plan.foreground ? 'inherit' : 'ignore', 'pipe', 'ipc'],
    detached: true,
  });
  let serves = false;
  child.on('message', (message) => {
    if (!isFromChild(message)) return;
    serves ||= message.kind === 'ready';
    hear(message);
  });
  // It may be gone before it has read its JSON; how it ended tells why.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(plan.start()));
  return {
    pid: child.pid ?? null,
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    signal: (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    },
    ended: endOf(
      child,
      listen(child, () => plan.foreground && serves),
    ),
  };
}

/** Keeps the tail of what it writes to stderr. What it says before it serves is told with its refusal, and not twice. */
function listen(child: ChildProcess, show: () => boolean): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-LAST_WORDS);
    if (show()) process.stderr.write(text);
  });
  return () => tail.trim();
}

async function endOf(child: ChildProcess, lastWords: () => string): Promise<ChildEnd> {
  const how = await new Promise<Omit<ChildEnd, 'lastWords'>>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null });
      else child.stderr?.emit('data', String(error));
    });
  });
  await stderrDrained(child);
  return { ...how, lastWords: lastWords() };
}

/** Its stderr may still be on the way; a grandchild that holds it open is not waited for. */
async function stderrDrained(child: ChildProcess): Promise<void> {
  if (child.stderr === null || child.stderr.readableEnded || child.pid === undefined) return;
  const { stderr } = child;
  await new Promise<void>((resolve) => {
    const patience = setTimeout(resolve, 200);
    stderr.once('close', () => {
      clearTimeout(patience);
      resolve();
    });
  });
}

function isFromChild(message: unknown): message is FromChild {
  const kind: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, 'kind') : undefined;
  return kind === 'ready' || kind === 'report' || kind === 'ended' || kind === 'refused';
}
