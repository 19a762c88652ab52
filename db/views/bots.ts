import type { Reader } from '../open.ts';
import { type AccountToday, accountsToday, type Book } from './accounts.ts';
import { type DaySums, daySumsReader, type Worth } from './day-sums.ts';
import { type OpenPosition, positionsView } from './positions.ts';

/** A bot as it stands: its results are exact sums of the ledger, marked at the last prices. */
export interface BotStanding extends Book {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly account: string;
  readonly instruments: readonly string[];
  readonly timeframeMs: number;
  readonly state: 'WARMING' | 'RUNNING' | 'HALTED' | 'STOPPING';
  readonly reason: string;
  /** False: no longer in the settings. */
  readonly active: boolean;
  /** JSON object. */
  readonly params: string;
  readonly capitalE8: bigint;
  /** Its account's today, YYYYMMDD. */
  readonly today: number;
  readonly todaySums: DaySums;
  /** Its worth when the day began. */
  readonly before: Worth;
  readonly openPositions: number;
  readonly costE8: bigint;
  readonly unrealisedE8: bigint;
  /** Gross − fees of today, plus the change of the open result. */
  readonly todayNetE8: bigint;
  /** Realised − fees + open result over its life. */
  readonly totalNetE8: bigint;
  /** `capital + totalNet`. */
  readonly equityE8: bigint;
  readonly updatedAt: number;
}

export interface BotsView {
  /** Every bot the ledger knows, in the order of their numbers. */
  readonly all: () => readonly BotStanding[];
  readonly one: (id: string) => BotStanding | null;
}

/** Read model of the bots and of what each has earned. */
export function botsView(db: Reader): BotsView {
  const accounts = accountsToday(db);
  const positions = positionsView(db);
  const days = daySumsReader(db);
  const selectBots = db.prepare<[], BotRaw>(`
    SELECT b.id, b.name, b.strategy, b.account, b.instruments, b.timeframe_ms AS timeframeMs, b.state, b.reason, b.active, b.params,
           b.capital_e8 AS capitalE8, b.updated_at AS updatedAt, coalesce(sum(p.realised_e8 - p.fees_e8), 0) AS realisedNetE8
    FROM bots b LEFT JOIN positions p ON p.bot = b.id GROUP BY b.id ORDER BY b.number`);

  const standing = (raw: BotRaw, account: AccountToday, held: readonly OpenPosition[]): BotStanding => {
    const todaySums = days.ofBot(account.today, account.id, raw.id);
    const before = days.worthBefore(account.today, raw.id);
    const unrealisedE8 = held.reduce((sum, position) => sum + (position.unrealisedE8 ?? 0n), 0n);
    const totalNetE8 = raw.realisedNetE8 + unrealisedE8;
    const { realisedNetE8: _, ...rest } = raw;
    return {
      ...rest,
      instruments: wordsOf(raw.instruments),
      timeframeMs: Number(raw.timeframeMs),
      active: raw.active === 1n,
      currency: account.currency,
      mode: account.mode,
      simulated: account.simulated,
      today: account.today,
      todaySums,
      before,
      openPositions: held.length,
      costE8: held.reduce((sum, position) => sum + position.costE8, 0n),
      unrealisedE8,
      todayNetE8: todaySums.grossE8 - todaySums.feesE8 + unrealisedE8 - before.unrealisedE8,
      totalNetE8,
      equityE8: raw.capitalE8 + totalNetE8,
      updatedAt: Number(raw.updatedAt),
    };
  };

  const all = (): readonly BotStanding[] => {
    const byId = new Map(accounts().map((account) => [account.id, account]));
    const open = positions.open();
    return selectBots.all().flatMap((raw) => {
      const account = byId.get(raw.account);
      return account === undefined
        ? []
        : [
            standing(
              raw,
              account,
              open.filter((position) => position.bot === raw.id),
            ),
          ];
    });
  };
  return { all, one: (id) => all().find((bot) => bot.id === id) ?? null };
}

function wordsOf(json: string): readonly string[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.filter((word) => typeof word === 'string') : [];
}

interface BotRaw {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly account: string;
  readonly instruments: string;
  readonly timeframeMs: bigint;
  readonly state: BotStanding['state'];
  readonly reason: string;
  readonly active: bigint;
  readonly params: string;
  readonly capitalE8: bigint;
  readonly updatedAt: bigint;
  readonly realisedNetE8: bigint;
}
