import type { Instrument } from '../model/instrument.ts';

/** An upper bound of a dated schedule's share of a fill: delivery's STT, stamp, exchange charge and GST are below 0.13 %. */
const SCHEDULE_PPM = 1_500;

/** The most that a fill of an instrument can cost in fees, in parts per million of its notional: what a limit must leave room for. */
export function feeCeilingPpm({ fees }: Instrument): number {
  return fees.kind === 'flat' ? Math.max(fees.makerPpm, fees.takerPpm) : SCHEDULE_PPM;
}
