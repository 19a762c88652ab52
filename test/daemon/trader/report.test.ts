import { describe, expect, it } from 'vitest';
import { startEngine } from '../../../daemon/core/engine/state.ts';
import { DAY, instant } from '../../../daemon/core/model/instant.ts';
import type { Instrument } from '../../../daemon/core/model/instrument.ts';
import { standing } from '../../../daemon/trader/report.ts';
import { aConfig, anInstrument, scripted } from '../../support/engine.ts';

const TRADING = { kind: 'trading' } as const;
/** Monday 5 January 2026, 15:30 in Mumbai. */
const CLOSE = Date.UTC(2026, 0, 5, 10, 0);

function engine(instruments: readonly Instrument[], at: number, timeframeMs = 60_000) {
  const config = aConfig({ strategy: scripted(() => undefined), instruments });
  const state = startEngine({ ...config, bots: config.bots.map((bot) => ({ ...bot, timeframeMs })) });
  state.at = instant(at);
  for (const bot of state.bots.values()) bot.runState = 'RUNNING';
  return state;
}
const share = anInstrument({ calendar: 'NSE' });

describe('how the trader stands', () => {
  it('is RUNNING with no reason while it trades', () => {
    expect(standing(TRADING, engine([share], CLOSE - 60_000))).toEqual({ state: 'RUNNING', reason: null });
  });

  it('is CLOSED when every exchange is, and says when the first opens', () => {
    expect(standing(TRADING, engine([share], CLOSE))).toEqual({ state: 'CLOSED', reason: expect.stringMatching(/^NSE is closed, opens Tue.* 6 Jan.* 09:15$/) as string });
  });

  it('is not CLOSED while one market never closes, nor on bars of a day, which are stamped outside the hours', () => {
    const coin = anInstrument({ id: 'TEST:TWO' as never });
    expect(standing(TRADING, engine([share, coin], CLOSE)).state).toBe('RUNNING');
    expect(standing(TRADING, engine([share], CLOSE, DAY)).state).toBe('RUNNING');
  });

  it('is HALTED with the reason when every bot is', () => {
    const state = engine([share], CLOSE - 60_000);
    for (const bot of state.bots.values()) [bot.runState, bot.runReason] = ['HALTED', 'daily loss limit of 5% reached'];

    expect(standing(TRADING, state)).toEqual({ state: 'HALTED', reason: 'daily loss limit of 5% reached' });
  });

  it('is PAUSED when nothing is enabled, and says so', () => {
    const state = startEngine({ ...aConfig({ strategy: scripted(() => undefined) }), bots: [] });

    expect(standing(TRADING, state)).toEqual({ state: 'PAUSED', reason: 'no bot is enabled in the settings' });
  });

  it('says why in every other phase', () => {
    expect(standing({ kind: 'ended', reason: 'replay ended' }, null)).toEqual({ state: 'CLOSED', reason: 'replay ended' });
    expect(standing({ kind: 'degraded', reason: 'the disk is full' }, null)).toEqual({ state: 'DEGRADED', reason: 'the disk is full' });
    expect(standing({ kind: 'stopping' }, null).state).toBe('STOPPING');
    expect(standing({ kind: 'stopped' }, null).state).toBe('STOPPED');
    expect(standing({ kind: 'starting' }, null).state).toBe('STARTING');
  });
});
