import type { Day, Instant } from '../model/instant.ts';
import { formatDecimal, money, percentOf } from '../model/money.ts';
import { requestCancel, workingOrders } from './orders.ts';
import { tellStanding } from './standing.ts';
import { type AccountState, type BotState, type EngineState, type Outcome, accountResult } from './state.ts';

/**
 * Begins a new trading day where the account's zone has one: remembers the result it begins with, before any price of the
 * new day is marked, and lifts the latches whose day is over. A day never goes back.
 */
export function rollDay(state: EngineState, account: AccountState, day: Day, out: Outcome): void {
  if (account.day !== null && day <= account.day) return;
  account.day = day;
  account.dayStartResult = accountResult(account);
  state.touched.add(`account:${account.config.id}`);
  for (const bot of account.bots) if (bot.latch !== null && day > bot.latch.untilDay) liftLatch(state, bot, out);
}

function liftLatch(state: EngineState, bot: BotState, out: Outcome): void {
  const { latch } = bot;
  if (latch === null) return;
  bot.latch = null;
  state.touched.add(`bot:${bot.config.id}`);
  out.facts.push({
    kind: 'latch',
    latch: { scope: 'bot', key: bot.config.id, ...latch, liftedAt: state.at },
  });
  tellStanding(state, bot, out);
}

/**
 * The daily loss limit: realised and open together, against the equity the day began with. Once reached it latches for the
 * rest of the day: entry orders are cancelled and the gate refuses new ones, also after a restart and also if the
 * loss is won back.
 */
export function checkDailyLoss(state: EngineState, account: AccountState, out: Outcome): void {
  const { day } = account;
  if (day === null) return;
  const lost = money(account.dayStartResult - accountResult(account));
  const began = money(account.config.capital + account.dayStartResult);
  if (lost <= 0n) return;
  for (const bot of account.bots) {
    const { dailyLossLimitPct } = bot.config.limits;
    if (dailyLossLimitPct === null || bot.latch !== null) continue;
    if (lost < percentOf(began, dailyLossLimitPct)) continue;
    latch(state, account, bot, day, `daily loss limit of ${dailyLossLimitPct}% reached: ${formatDecimal(lost / 1_000_000n, 2)} ${account.config.currency} lost today`, out);
  }
}

function latch(state: EngineState, account: AccountState, bot: BotState, day: Day, reason: string, out: Outcome): void {
  const at: Instant = state.at;
  bot.latch = { rule: 'DAILY_LOSS', reason, since: at, untilDay: day };
  state.touched.add(`bot:${bot.config.id}`);
  out.facts.push({ kind: 'latch', latch: { scope: 'bot', key: bot.config.id, ...bot.latch, liftedAt: null } });
  out.facts.push({
    kind: 'alert',
    at,
    alert: {
      key: `daily-loss:${account.config.id}:${bot.config.id}:${day}`,
      severity: 'critical',
      bot: bot.config.id,
      title: 'Daily loss limit reached',
      body: `${reason}. No new positions today; open ones keep their stops.`,
    },
  });
  for (const cell of bot.cells) {
    for (const order of workingOrders(cell)) if (!order.reduceOnly) requestCancel(state, cell, order, out);
  }
  tellStanding(state, bot, out);
}
