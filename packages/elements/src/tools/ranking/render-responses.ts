// The texts that are compared, side by side or below each other, long ones cut until one asks for all of them.
import { classMap, html, nothing } from '../../base.ts';
import { rankingMessages } from './messages.ts';

export interface Responses {
  readonly texts: readonly string[];
  readonly names: readonly string[];
  /** The one whose place in a ranking has the focus or the pointer. */
  readonly current: number | undefined;
  /** Which texts are shown whole. */
  readonly open: ReadonlySet<number>;
  /** What is shown beside each name: its ranks. */
  readonly ranks: readonly (readonly string[])[];
  toggle(response: number): void;
  toggleAll(): void;
}

/** Longer texts are cut, in UTF-16 units and in lines. */
const long = { text: 900, lines: 16 };

export const isLong = (text: string): boolean => text.length > long.text || text.split('\n').length > long.lines;

export function renderResponses(responses: Responses): unknown {
  const { texts, open } = responses;
  const longOnes = texts.filter(isLong).length;
  return html`<section class="responses" aria-labelledby="responses-title">
    <div class="responses-head">
      <h3 class="side-title" id="responses-title">${rankingMessages.responses}</h3>
      ${
        longOnes > 1
          ? html`<button
              class="link" type="button" aria-pressed=${open.size >= longOnes ? 'true' : 'false'}
              @click=${() => responses.toggleAll()}
            >${rankingMessages.showAllTexts}</button>`
          : nothing
      }
    </div>
    <div class="cards">${texts.map((_text, index) => renderCard(responses, index))}</div>
  </section>`;
}

function renderCard({ texts, names, current, open, ranks, toggle }: Responses, index: number): unknown {
  const text = texts[index]!;
  const isCut = isLong(text) && !open.has(index);
  const same = text === '' ? -1 : texts.indexOf(text);
  return html`<article class=${classMap({ card: true, current: current === index })} aria-labelledby="card-${index}">
    <h4 class="card-title" id="card-${index}"><span>${names[index]}</span>
      ${ranks[index]!.map((rank) => html`<span class="badge">${rank}</span>`)}</h4>
    ${same >= 0 && same < index ? html`<p class="note">${rankingMessages.sameAs(names[same]!)}</p>` : nothing}
    ${
      text === ''
        ? html`<p class="note">${rankingMessages.empty}</p>`
        : html`<div class=${classMap({ words: true, cut: isCut })} id="words-${index}" dir="auto">${text}</div>`
    }
    ${
      isLong(text)
        ? html`<button
            class="link" type="button" aria-expanded=${isCut ? 'false' : 'true'} aria-controls="words-${index}"
            aria-label=${`${isCut ? rankingMessages.showAll : rankingMessages.showLess}: ${names[index]}`}
            @click=${() => toggle(index)}
          >${isCut ? rankingMessages.showAll : rankingMessages.showLess}</button>`
        : nothing
    }
  </article>`;
}
