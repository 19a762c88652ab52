import { type Instant, instant } from '../model/instant.ts';
import { type Money, money } from '../model/money.ts';

/** The charges on equity at the National Stock Exchange of India in force from a date; rates in parts per billion of the notional. */
export interface NseCharges {
  readonly from: Instant;
  /** Where the row was read. */
  readonly source: string;
  /** The broker's share: a rate, but never more than the cap for one order. */
  readonly brokeragePpb: bigint;
  readonly brokerageCap: Money;
  /** Securities transaction tax, by side. */
  readonly sttBuyPpb: bigint;
  readonly sttSellPpb: bigint;
  /** What the exchange takes, its investor protection fund included. */
  readonly exchangePpb: bigint;
  /** SEBI's turnover fee. */
  readonly sebiPpb: bigint;
  /** Stamp duty, buyers only. */
  readonly stampBuyPpb: bigint;
  /** Goods and services tax on brokerage and exchange charge. */
  readonly gstPpb: bigint;
  /** Whether SEBI's fee is taxed too: Kite's contract note of 2023 for equity says no, the lists since October 2024 say yes. */
  readonly gstOnSebi: boolean;
}

/** Midnight in India (UTC+05:30) that begins 1 January 2021, 1 April 2023 and 1 October 2024. */
const FROM_2021_01_01 = instant(1_609_439_400_000);
const FROM_2023_04_01 = instant(1_680_287_400_000);
const FROM_2024_10_01 = instant(1_727_721_000_000);

const ALIKE = { sebiPpb: 1_000n, gstPpb: 180_000_000n } as const; // ₹10 per crore; 18 %

const EXCHANGE_ROWS = [
  {
    ...ALIKE,
    from: FROM_2021_01_01,
    exchangePpb: 34_500n,
    gstOnSebi: false,
    source: 'NSE, +6 % from 1 January 2021: 0.00345 % (thehindu.com article66657383; rate as in mstock.com/pricing)',
  },
  {
    ...ALIKE,
    from: FROM_2023_04_01,
    exchangePpb: 33_500n,
    gstOnSebi: false,
    source:
      'rise rolled back from 1 April 2023 (thehindu.com article66657383); 0.00335 % in zerodha/kiteconnect-mocks virtual_contract_note.json, July 2023',
  },
  {
    ...ALIKE,
    from: FROM_2024_10_01,
    exchangePpb: 30_700n,
    gstOnSebi: true,
    source:
      'NSE from 1 October 2024: 0.00297 % (ndtvprofit.com/markets/nse-revises-cash-fno-market-fees-october-1) + 0.0001 % investor protection fund = 0.00307 % (proficientequities.com); GST base as in basantsecurities.com/list.html',
  },
] as const;

/**
 * Shares bought to keep (product CNC). Brokerage 0 is the discount brokers' price (Zerodha, mStock). What the depository
 * takes once a day for a sold share (₹13.5 or so) belongs to no fill and is not here.
 */
export const NSE_DELIVERY: readonly NseCharges[] = EXCHANGE_ROWS.map((row) => ({
  ...row,
  brokeragePpb: 0n,
  brokerageCap: money(0n),
  sttBuyPpb: 1_000_000n, // 0.1 % on both sides
  sttSellPpb: 1_000_000n,
  stampBuyPpb: 150_000n, // 0.015 %
}));

/** Shares sold the day they were bought (product MIS). */
export const NSE_INTRADAY: readonly NseCharges[] = EXCHANGE_ROWS.map((row) => ({
  ...row,
  brokeragePpb: 300_000n, // 0.03 %, but the lower of that and ₹20 an order
  brokerageCap: money(2_000_000_000n),
  sttBuyPpb: 0n,
  sttSellPpb: 250_000n, // 0.025 %
  stampBuyPpb: 30_000n, // 0.003 %
}));
