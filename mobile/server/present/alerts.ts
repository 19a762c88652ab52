import type { AlertStanding } from '../../../db/views/alerts.ts';
import type { AlertItem } from '../../contract/index.ts';
import { iso, isoOrNull } from './time.ts';

/** One warning. */
export function presentAlert(row: AlertStanding): AlertItem {
  return {
    id: row.id,
    key: row.key,
    severity: row.severity,
    bot: row.bot,
    title: row.title,
    body: row.body,
    firstAt: iso(row.firstAt),
    lastAt: iso(row.lastAt),
    count: row.count,
    resolvedAt: isoOrNull(row.resolvedAt),
  };
}
