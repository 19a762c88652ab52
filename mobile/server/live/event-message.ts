import type { LedgerEvent } from '../../../db/views/events.ts';
import type { Views } from '../../../db/views/open-views.ts';
import type { Message, SystemStatus } from '../../contract/index.ts';
import { presentAlert } from '../present/alerts.ts';
import { jsonObject } from '../present/json.ts';
import { presentTrade } from '../present/trades.ts';

/**
 * What an event of the ledger is told as, or null where it only means that figures moved. The body names the row
 * (`{"trade": 17}`, `{"alert": 3}`); one that names none, or none that is there, is passed over.
 */
export function messageOf(event: LedgerEvent, ledger: Views, status: (seq: number) => SystemStatus): Message | null {
  const { type, seq } = event;
  switch (type) {
    case 'status_change':
      return { type, seq, data: status(seq) };
    case 'trade_executed': {
      const trade = named(event, 'trade', ledger.trades.one);
      return trade === null ? null : { type, seq, data: presentTrade(trade) };
    }
    case 'alert': {
      const alert = named(event, 'alert', ledger.alerts.one);
      return alert === null ? null : { type, seq, data: presentAlert(alert) };
    }
    default:
      return null;
  }
}

function named<Row>(event: LedgerEvent, key: string, one: (id: number) => Row | null): Row | null {
  const id = jsonObject(event.body)[key];
  return typeof id === 'number' ? one(id) : null;
}
