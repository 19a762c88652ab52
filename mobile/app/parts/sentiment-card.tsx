import type { JSX } from 'preact';
import type { Sentiment } from '../../contract/index.ts';

const STEPS = ['extreme fear', 'fear', 'neutral', 'greed', 'extreme greed'] as const;

/** Fear and greed on five steps. Without a source it says so and draws no needle. */
export function SentimentCard({ sentiment }: { readonly sentiment: Sentiment }): JSX.Element {
  const isKnown = sentiment.value !== null;
  return (
    <section class="card sentiment">
      <h2>
        <span>Market sentiment</span>
        <span class={isKnown ? 'num' : 'quiet'}>{isKnown ? `${sentiment.value} · ${sentiment.word}` : 'no data'}</span>
      </h2>
      {isKnown && (
        <div class="scale viz" aria-hidden="true">
          {STEPS.map((step) => (
            <i key={step} class={step === sentiment.word ? 'here' : ''} />
          ))}
        </div>
      )}
      <p class="caption">{sentiment.note}</p>
    </section>
  );
}
