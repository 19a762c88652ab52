import type { Strategy } from '../core/strategy/strategy.ts';
import { emaCross } from './ema-cross.ts';
import { rsiMeanReversion } from './rsi-mean-reversion.ts';

/** The strategies that come with the program, in the order they are listed. */
export const builtIns: readonly Strategy[] = [rsiMeanReversion, emaCross];
