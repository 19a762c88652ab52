import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { CurvePoint, Decimal } from '../../contract/index.ts';
import { minuteText } from '../lib/times.ts';

const WIDTH = 390;
const HEIGHT = 120;
const MARGIN = 8;

/** The day's net result against zero: above it in the colour of gain, below in that of loss. Drawn from floats: pixels, not sums. */
export function Curve({ points, timeZone, label }: { readonly points: readonly CurvePoint[]; readonly timeZone: string; readonly label: string }): JSX.Element | null {
  const id = useId();
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return null;
  const { path, zero, end } = trace(points);
  const isUp = end.y <= zero;
  const area = `${path}L${WIDTH} ${zero}L0 ${zero}Z`;
  return (
    <figure class="curve">
      <div class="curve-plot viz">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
          <defs>
            <clipPath id={`${id}-above`}>
              <rect x="0" y="-20" width={WIDTH} height={zero + 20} />
            </clipPath>
            <clipPath id={`${id}-below`}>
              <rect x="0" y={zero} width={WIDTH} height={HEIGHT} />
            </clipPath>
          </defs>
          <line class="zero" x1="0" x2={WIDTH} y1={zero} y2={zero} vector-effect="non-scaling-stroke" />
          {(['above', 'below'] as const).map((side) => (
            <g key={side} class={side} clip-path={`url(#${id}-${side})`}>
              <path class="area" d={area} />
              <path class="line" d={path} vector-effect="non-scaling-stroke" />
            </g>
          ))}
        </svg>
        <span class={`curve-end ${isUp ? 'gain' : 'loss'}`} style={{ top: `${(end.y / HEIGHT) * 100}%` }} aria-hidden="true" />
      </div>
      <figcaption class="axis num" aria-hidden="true">
        {ticks(first.at, last.at).map((at, index) => (
          <span key={index}>{minuteText(at, timeZone)}</span>
        ))}
      </figcaption>
    </figure>
  );
}

/** A row's small curve; it says nothing that the figure beside it does not. */
export function Spark({ values }: { readonly values: readonly Decimal[] }): JSX.Element {
  const numbers = values.map(Number);
  const first = numbers[0];
  const last = numbers.at(-1);
  if (first === undefined || last === undefined || numbers.length < 2) return <span class="spark" aria-hidden="true" />;
  const low = Math.min(...numbers);
  const reach = Math.max(...numbers) - low;
  const place = (value: number): string => (reach === 0 ? '12' : (22 - ((value - low) / reach) * 20).toFixed(1));
  const d = numbers.map((value, index) => `${index === 0 ? 'M' : 'L'}${((index / (numbers.length - 1)) * 56).toFixed(1)} ${place(value)}`).join('');
  return (
    <svg class={`spark viz ${last === first ? 'level' : last > first ? 'gain' : 'loss'}`} viewBox="0 0 56 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

function trace(points: readonly CurvePoint[]): { readonly path: string; readonly zero: number; readonly end: { readonly x: number; readonly y: number } } {
  const values = points.map((point) => Number(point.net));
  const times = points.map((point) => Date.parse(point.at));
  const from = times[0] ?? 0;
  const span = (times.at(-1) ?? 0) - from || 1;
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const y = (value: number): number => (high === low ? HEIGHT / 2 : MARGIN + ((high - value) / (high - low)) * (HEIGHT - 2 * MARGIN));
  const x = (index: number): number => (((times[index] ?? from) - from) / span) * WIDTH;
  const path = values.map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  return { path, zero: y(0), end: { x: WIDTH, y: y(values.at(-1) ?? 0) } };
}

function ticks(first: string, last: string): readonly string[] {
  const from = Date.parse(first);
  const span = Date.parse(last) - from;
  return [0, 1 / 3, 2 / 3, 1].map((share) => new Date(from + span * share).toISOString());
}
