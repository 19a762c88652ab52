// Stands in for the trader and the dashboard: does what `<name>-plan.json` beside the data folder says, and notes in
// `heard.jsonl` what it heard.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';

const name = basename(process.argv[1], '.js');
const start = JSON.parse(await text(process.stdin));
const home = join(start.dataDir, '..');
const planPath = join(home, `${name}-plan.json`);
const plan = existsSync(planPath) ? JSON.parse(readFileSync(planPath, 'utf8')) : {};
const note = (heard) => appendFileSync(join(home, 'heard.jsonl'), `${JSON.stringify({ name, pid: process.pid, ...heard })}\n`);
const ticking = setInterval(() => undefined, 1_000);
const report = (given = {}, sent = () => undefined) => {
  if (!process.connected) return;
  const message = {
    kind: 'report',
    report: {
      state: 'RUNNING',
      reason: null,
      mode: 'paper',
      cycle: 7,
      marketAt: 0,
      feedHeardAt: Date.now(),
      feedLabel: 'fake',
      simulated: true,
      openPositions: 2,
      openOrders: 1,
      botsRunning: 1,
      ...given,
    },
  };
  process.send(message, sent);
};
const end = (code) => {
  clearInterval(ticking);
  note({ kind: 'ended' });
  if (plan.lastReport === undefined || !process.connected) process.exit(code);
  else report(plan.lastReport, () => process.exit(code));
};
const stop = () => {
  if (plan.deaf === true) return;
  setTimeout(() => end(plan.stopCode ?? 0), plan.stopMs ?? 0);
};

process.on('SIGTERM', () => {
  note({ kind: 'SIGTERM' });
  stop();
});
process.on('disconnect', () => {
  note({ kind: 'disconnect' });
  stop();
});
process.on('message', (message) => {
  note(message);
  if (message.kind === 'stop') stop();
});

note({ kind: 'started', start });
if (plan.refuse !== undefined) {
  process.send({ kind: 'refused', ...plan.refuse }, () => process.exit(plan.refuse.exitCode));
} else {
  if (name === 'trader') {
    report();
    setInterval(() => report(), 1_000).unref();
  }
  // As the real trader does: how it stands is known before it is ready.
  process.send(name === 'dashboard' ? { kind: 'ready', address: 'http://127.0.0.1:1' } : { kind: 'ready' });
  if (plan.crash === true) {
    process.stderr.write('the last words\n');
    setTimeout(() => process.exit(9), 20);
  }
  if (plan.endMs !== undefined) setTimeout(() => process.send({ kind: 'ended', reason: 'replay ended' }), plan.endMs);
}
