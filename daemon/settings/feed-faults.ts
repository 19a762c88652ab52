import type { Fault } from '../ports/refusal.ts';
import { grain } from './amount-faults.ts';
import { type Checkable, knownIds, unknownId } from './checkable.ts';
import type { BotSettings, FeedSettings } from './schema.ts';
import { timeframeMs } from './values.ts';

type Simulated = Extract<FeedSettings, { kind: 'simulated' }>;
type Replay = Extract<FeedSettings, { kind: 'replay' }>;

/** Faults between the feed and what is traded on it: every enabled bot must be offered the bars it asks for. */
export function feedFaults(settings: Checkable): Fault[] {
  const { feed } = settings;
  if (feed === null) return [];
  return feed.kind === 'simulated' ? simulatedFaults(feed, settings) : replayFaults(feed, settings);
}

function simulatedFaults(feed: Simulated, settings: Checkable): Fault[] {
  const known = knownIds(settings, 'instruments');
  const decimals = new Map(settings.instruments.flatMap((entry) => (entry === null ? [] : [[entry.id, entry.priceDecimals]])));
  const prices = Object.entries(feed.startPrices).flatMap(([id, text]) => {
    const path = `feed.startPrices.${id}`;
    return known.includes(id) ? grain(text, decimals.get(id) ?? 10, path, 'priceDecimals') : [unknownId(path, id, known, 'instruments')];
  });
  const offered = timeframeMs(feed.timeframe);
  const timeframes = enabled(settings).flatMap(({ bot, path }) => {
    if (timeframeMs(bot.timeframe) === offered) return [];
    const remedy = `write "timeframe": "${feed.timeframe}", or change feed.timeframe`;
    return [{ path: `${path}.timeframe`, found: bot.timeframe, expected: `${feed.timeframe}, the bars the simulated feed makes`, remedy }];
  });
  return [...prices, ...timeframes];
}

function replayFaults(feed: Replay, settings: Checkable): Fault[] {
  const known = knownIds(settings, 'instruments');
  const offered = new Map<string, number>();
  const faults: Fault[] = [];
  for (const [index, file] of feed.files.entries()) {
    const path = `feed.files[${index}]`;
    const series = seriesOf(file.instrument, file.timeframe);
    const earlier = offered.get(series);
    if (!known.includes(file.instrument)) faults.push(unknownId(`${path}.instrument`, file.instrument, known, 'instruments'));
    if (earlier !== undefined) {
      const found = `${file.instrument} ${file.timeframe}`;
      faults.push({
        path,
        found,
        expected: 'one file per instrument and timeframe',
        remedy: `feed.files[${earlier}] has it already; remove one`,
      });
    }
    offered.set(series, earlier ?? index);
  }
  return [...faults, ...enabled(settings).flatMap(({ bot, path }) => missingFiles(bot, path, feed, offered, known))];
}

function missingFiles(
  bot: BotSettings,
  path: string,
  feed: Replay,
  offered: ReadonlyMap<string, number>,
  known: readonly string[],
): Fault[] {
  return bot.instruments.flatMap((id, index) => {
    if (!known.includes(id) || offered.has(seriesOf(id, bot.timeframe))) return [];
    const others = feed.files.filter(({ instrument }) => instrument === id).map(({ timeframe }) => timeframe);
    if (others.length > 0) {
      const remedy = `write "timeframe": "${others[0] ?? ''}", or add a ${bot.timeframe} file to feed.files`;
      return [
        { path: `${path}.timeframe`, found: bot.timeframe, expected: `a bar length the feed has of ${id}: ${others.join(', ')}`, remedy },
      ];
    }
    return [
      {
        path: `${path}.instruments[${index}]`,
        found: id,
        expected: `a ${bot.timeframe} file of ${id} in feed.files`,
        remedy: 'add the file, or remove the instrument',
      },
    ];
  });
}

function enabled(settings: Checkable): { readonly bot: BotSettings; readonly path: string }[] {
  return settings.bots.flatMap((bot, index) => (bot?.enabled === true ? [{ bot, path: `bots[${index}]` }] : []));
}

function seriesOf(instrument: string, timeframe: string): string {
  return `${instrument} ${timeframeMs(timeframe) ?? timeframe}`;
}
