import type { JSX } from 'preact';
import type { Decimal } from '../../contract/index.ts';
import { figureText, moneyCaption, moneyParts, percentDirection, percentText, profitParts, quantityText } from '../lib/numbers.ts';
import type { Direction } from '../lib/numbers.ts';
import { hidden } from '../state/device.ts';

/** What stands for every hidden amount: of one length, so that it tells nothing, and in the page as text, so that nothing lies behind it. */
export const DOTS = '••••';

const MARKS: Readonly<Record<Direction, string>> = { up: '▲', down: '▼', level: '■' };
const TONES: Readonly<Record<Direction, string>> = { up: 'gain', down: 'loss', level: 'level' };

interface AmountProps {
  readonly amount: Decimal;
  readonly currency: string;
}

/** A result: mark, sign and colour say the same thing three times. Hidden, only its direction stays. */
export function Profit({ amount, currency }: AmountProps): JSX.Element {
  const figure = profitParts(amount, currency);
  return (
    <span class={`fig num ${TONES[figure.direction]}`}>
      <Mark direction={figure.direction} /> {hidden.value ? DOTS : figureText(figure)}
    </span>
  );
}

/** The one large figure of a page. */
export function Hero({ amount, currency, label }: AmountProps & { readonly label: string }): JSX.Element {
  const figure = profitParts(amount, currency);
  return (
    <p class={`hero-figure fig num ${TONES[figure.direction]}`}>
      <span class="visually-hidden">{`${label}: ${hidden.value ? 'hidden' : figureText(figure)}`}</span>
      <span aria-hidden="true" class="hero-parts">
        <Mark direction={figure.direction} />
        {hidden.value ? (
          <span>{DOTS}</span>
        ) : (
          <span>
            <span class="hero-sign">{figure.sign + figure.prefix}</span>
            {figure.whole}
            <span class="hero-rest">{figure.fraction}</span>
            <span class="hero-code">{figure.suffix}</span>
          </span>
        )}
      </span>
    </p>
  );
}

/** A signed amount in the text's own colour, where a mark beside it would be one too many. */
export function SignedAmount({ amount, currency }: AmountProps): JSX.Element {
  return <span class="fig num strong">{hidden.value ? DOTS : figureText(profitParts(amount, currency))}</span>;
}

/** An amount that is no result: a cost, a value, a capital. */
export function Money({ amount, currency }: AmountProps): JSX.Element {
  return <span class="fig num strong">{hidden.value ? DOTS : figureText(moneyParts(amount, currency))}</span>;
}

/** A rounded amount for a caption. */
export function MoneyCaption({ amount, currency }: AmountProps): JSX.Element {
  return <span class="fig num">{hidden.value ? DOTS : moneyCaption(amount, currency)}</span>;
}

/** A quantity; it too tells how much someone owns. */
export function Quantity({ quantity, currency }: { readonly quantity: Decimal; readonly currency: string }): JSX.Element {
  return <span class="fig num">{hidden.value ? DOTS : quantityText(quantity, currency)}</span>;
}

/** A result in percent. */
export function Percent({ percent }: { readonly percent: number | null }): JSX.Element | null {
  if (percent === null) return null;
  return <span class={`fig num ${TONES[percentDirection(percent)]}`}>{hidden.value ? DOTS : percentText(percent)}</span>;
}

function Mark({ direction }: { readonly direction: Direction }): JSX.Element {
  return (
    <span class="mark" aria-hidden="true">
      {MARKS[direction]}
    </span>
  );
}
