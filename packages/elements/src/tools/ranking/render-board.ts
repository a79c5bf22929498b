// One dimension: the ranks from best to worst with the responses on them, and what has no rank yet.
import { classMap, html, nothing, repeat } from '../../base.ts';
import { toolIcon } from '../tool-icon.ts';
import type { Dragged, Target } from './chip-drag.ts';
import { rankingMessages } from './messages.ts';
import { isMade, type Ranking } from './ranking.ts';
import type { Dimension } from './read-ranking.ts';

export interface Board {
  readonly dimension: Dimension;
  readonly index: number;
  readonly ranking: Ranking;
  readonly names: readonly string[];
  /** The beginning of each response. */
  readonly excerpts: readonly string[];
  readonly dragged: Dragged | undefined;
  readonly target: Target;
  readonly isDisabled: boolean;
  /** Shown as what still has to be done. */
  readonly isWrong: boolean;
  choose(response: number): void;
  step(response: number, direction: 1 | -1): void;
  takeAway(response: number): void;
  focused(response: number | undefined): void;
  press(event: PointerEvent, response: number): void;
}

export function renderBoard(board: Board): unknown {
  const { dimension, index, ranking, target, isWrong } = board;
  const on = (level: number | undefined) => ranking.flatMap((other, response) => (other === level ? [response] : []));
  const rest = on(undefined);
  const gapClass = (level: number) =>
    target?.kind !== 'gap'
      ? ''
      : target.at === level
        ? 'gap-before'
        : target.at === level + 1 && level === ranking.length - 1
          ? 'gap-after'
          : '';
  const levelClass = (level: number) =>
    target && 'at' in target && target.at === level && target.kind !== 'gap' ? 'over' : '';
  return html`<section
    class="board ${isWrong ? 'wrong' : ''} ${board.dragged ? 'dragging' : ''}" role="group" aria-labelledby="board-${index}"
    aria-describedby=${isWrong ? 'complaint' : nothing}
  >
    <h3 class="board-title" id="board-${index}">${dimension.name}
      <span class="ties">${dimension.allowTie ? rankingMessages.tiesAllowed : rankingMessages.noTies}</span></h3>
    <ol class="levels">${ranking.map(
      (_each, level) => html`<li class="level ${levelClass(level)} ${gapClass(level)}" data-level=${level}>
        <span class="number" aria-hidden="true">${level + 1}</span>
        <div class="places">${renderChips(board, on(level))}</div>
      </li>`,
    )}</ol>
    <div class="pool ${target?.kind === 'pool' ? 'over' : ''}">
      <p class="pool-title">${isMade(ranking) ? rankingMessages.made : rankingMessages.pool(rest.length)}</p>
      ${renderChips(board, rest)}
    </div>
  </section>`;
}

const renderChips = (board: Board, responses: readonly number[]): unknown =>
  repeat(
    responses,
    (response) => response,
    (response) => renderChip(board, response),
  );

function renderChip(board: Board, response: number): unknown {
  const { index, ranking, names, isDisabled, dragged } = board;
  const isRanked = ranking[response] !== undefined;
  const button = (name: string, text: string, run: () => void) => html`<button
    class="quiet-button chip-action" type="button" tabindex="-1" title=${text} aria-label=${`${text}: ${names[response]}`} @click=${run}
  >${toolIcon(name)}</button>`;
  return html`<div class=${classMap({ 'chip-row': true, dragged: dragged?.response === response })}>
    <button
      class="chip" type="button" id="chip-${index}-${response}" data-dimension=${index} data-response=${response}
      aria-describedby="keys-help" ?disabled=${isDisabled}
      @click=${() => isRanked || board.choose(response)}
      @pointerdown=${(event: PointerEvent) => board.press(event, response)}
      @focus=${() => board.focused(response)} @blur=${() => board.focused(undefined)}
      @pointerenter=${() => board.focused(response)} @pointerleave=${() => board.focused(undefined)}
    >
      <span class="grip" title=${rankingMessages.drag}>${toolIcon('grip')}</span>
      <span class="chip-text"><b>${names[response]}</b> <span class="excerpt" dir="auto">${board.excerpts[response]}</span></span>
      <span class="unseen">, ${standingOf(board, response)}</span>
    </button>
    ${
      isRanked && !isDisabled
        ? html`${button('up', rankingMessages.moveUp, () => board.step(response, -1))}
            ${button('down', rankingMessages.moveDown, () => board.step(response, 1))}
            ${button('cross', rankingMessages.takeAway, () => board.takeAway(response))}`
        : nothing
    }
  </div>`;
}

/** The rank of a response, in words. */
export function standingOf({ ranking, names }: Pick<Board, 'ranking' | 'names'>, response: number): string {
  const level = ranking[response];
  if (level === undefined) return rankingMessages.notRanked;
  const others = names.filter((_each, index) => index !== response && ranking[index] === level);
  const shared = others.length === 0 ? '' : `, ${rankingMessages.shared(others.join(', '))}`;
  return rankingMessages.ranked(level + 1, ranking.length) + shared;
}
