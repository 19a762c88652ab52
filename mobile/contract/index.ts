export type * from './decimal.ts';
export type * from './home.ts';
export type * from './bots.ts';
export type * from './trades.ts';
export type * from './positions.ts';
export type * from './system.ts';
export type * from './stream.ts';
