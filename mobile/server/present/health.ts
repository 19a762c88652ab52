import type { Health, HealthCheck, SystemStatus } from '../../contract/index.ts';
import type { Views } from '../../../db/views/open-views.ts';

/** The checks of the health view; `unknown` where nothing has been heard that could be judged. */
export function presentHealth(status: SystemStatus, ledger: Views | null): Health {
  return { checks: [trader(status), trading(status), feed(status), ...(ledger === null ? [] : ofLedger(ledger))] };
}

function trader(status: SystemStatus): HealthCheck {
  const state = status.link === 'online' ? 'ok' : status.link === 'offline' ? 'fault' : 'unknown';
  return { id: 'trader', label: 'Trader', state, value: status.link === 'online' ? `online, cycle ${status.cycle}` : (status.reason ?? status.link) };
}

function trading(status: SystemStatus): HealthCheck {
  const state = status.link !== 'online' ? 'unknown' : status.state === 'RUNNING' ? 'ok' : 'warning';
  return { id: 'trading', label: 'Trading', state, value: status.reason === null ? status.state : `${status.state}: ${status.reason}` };
}

function feed(status: SystemStatus): HealthCheck {
  if (status.feed === null) return { id: 'feed', label: 'Price feed', state: 'unknown', value: 'no feed yet' };
  const { label, faults } = status.feed;
  return { id: 'feed', label: 'Price feed', state: faults === 0 ? 'ok' : 'warning', value: `${label}, ${faults} faulty rows` };
}

function ofLedger({ health }: Views): readonly HealthCheck[] {
  const beat = health.heartbeat();
  const cutOff = health.runs(20).slice(1).filter((run) => run.endedAt === null).length;
  const latches = health.latches();
  const alerts = health.openAlerts();
  return [
    { id: 'loop', label: 'Loop lag', state: beat === null ? 'unknown' : beat.loopLagMs < 250 ? 'ok' : 'warning', value: beat === null ? 'no beat yet' : `${Math.round(beat.loopLagMs)} ms` },
    { id: 'latches', label: 'Latches', state: latches.length === 0 ? 'ok' : 'warning', value: latches.length === 0 ? 'none' : latches.map((latch) => `${latch.key}: ${latch.reason}`).join('; ') },
    { id: 'alerts', label: 'Open alerts', state: alerts === 0 ? 'ok' : 'warning', value: String(alerts) },
    { id: 'orders', label: 'Working orders', state: 'ok', value: String(health.openOrders()) },
    { id: 'restarts', label: 'Runs cut off, of the last 20', state: cutOff === 0 ? 'ok' : 'warning', value: String(cutOff) },
    { id: 'ledger', label: 'Ledger size', state: 'ok', value: `${(health.bytes() / 1_048_576).toFixed(1)} MiB` },
  ];
}
