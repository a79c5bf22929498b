import { css } from '../../base.ts';

export const rankingStyles = css`
  :host {
    --side-width: clamp(280px, 26cqi, 380px);
  }
  .prompt,
  .card,
  .board {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius);
    color: var(--crowd-text);
  }
  .prompt {
    border-inline-start: 4px solid var(--crowd-accent);
    margin-bottom: 16px;
    padding: 10px 16px 12px;
  }
  .words {
    overflow-wrap: anywhere;
    tab-size: 4;
    unicode-bidi: plaintext;
    white-space: pre-wrap;
  }
  .words.cut {
    -webkit-mask-image: linear-gradient(#000 75%, transparent);
    mask-image: linear-gradient(#000 75%, transparent);
    max-height: 24em;
    overflow: hidden;
  }
  .responses-head {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    justify-content: space-between;
    margin-bottom: 6px;
  }
  .cards {
    align-items: start;
    display: grid;
    gap: 12px;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
  }
  .card {
    content-visibility: auto;
    contain-intrinsic-height: auto 200px;
    padding: 10px 14px 12px;
  }
  .card.current {
    border-color: var(--crowd-accent);
    box-shadow: inset 0 0 0 1px var(--crowd-accent);
  }
  .card-title {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    font-size: 0.9375rem;
    gap: 4px 8px;
    margin: 0 0 6px;
  }
  .badge {
    background: var(--crowd-accent-soft);
    border-radius: 999px;
    color: var(--crowd-text);
    font-size: 0.75rem;
    font-weight: 500;
    line-height: 1.4;
    max-width: 100%;
    overflow: hidden;
    padding: 1px 8px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .note {
    color: var(--crowd-muted);
    font-size: 0.875rem;
    font-style: italic;
    margin: 0 0 6px;
  }
  .side .bar {
    margin: 0;
  }
  .board {
    padding: 10px 10px 8px;
  }
  .board.wrong {
    border-color: var(--crowd-bad);
    box-shadow: inset 0 0 0 1px var(--crowd-bad);
  }
  .board-title {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    font-size: 1rem;
    font-weight: 600;
    gap: 0 10px;
    justify-content: space-between;
    margin: 0 4px 8px;
    overflow-wrap: anywhere;
  }
  .ties,
  .pool-title {
    color: var(--crowd-muted);
    font-size: 0.8125rem;
    font-weight: 400;
  }
  .levels {
    display: flex;
    flex-direction: column;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .level {
    align-items: stretch;
    display: flex;
    gap: 8px;
    min-height: 50px;
    padding-block: 3px;
    position: relative;
  }
  .number {
    color: var(--crowd-muted);
    flex: none;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    min-width: 1.5em;
    padding-top: 9px;
    text-align: center;
  }
  .places {
    border: 1px dashed var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
  }
  .places:has(.chip) {
    border: 1px solid var(--crowd-line-strong);
    background: var(--crowd-sunken);
  }
  .chip-row + .chip-row {
    border-top: 1px solid var(--crowd-line);
  }
  .level.over .places,
  .pool.over {
    background: var(--crowd-accent-soft);
    border-color: var(--crowd-accent);
    box-shadow: inset 0 0 0 1px var(--crowd-accent);
  }
  .gap-before::before,
  .gap-after::after {
    background: var(--crowd-accent);
    border-radius: 2px;
    content: '';
    height: 4px;
    inset-inline: 0;
    position: absolute;
  }
  .gap-before::before {
    top: -2px;
  }
  .gap-after::after {
    bottom: -2px;
  }
  .pool {
    border: 1px solid transparent;
    border-radius: var(--crowd-radius-small);
    display: flex;
    flex-direction: column;
    gap: 4px;
    margin-top: 6px;
    min-height: 40px;
    padding: 4px;
  }
  .pool .chip-row {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
  }
  .pool-title {
    margin: 0 0 2px;
  }
  .chip-row {
    align-items: center;
    display: flex;
    min-width: 0;
  }
  .chip-row.dragged {
    opacity: 0.4;
  }
  .chip {
    align-items: center;
    background: none;
    border: 0;
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    cursor: grab;
    display: flex;
    flex: 1;
    gap: 4px;
    min-height: 40px;
    min-width: 0;
    padding: 2px 4px 2px 0;
    text-align: start;
    user-select: none;
    -webkit-user-select: none;
  }
  .chip:hover:enabled {
    background: var(--crowd-accent-soft);
  }
  .chip:focus-visible {
    outline-offset: -2px;
  }
  .chip:disabled {
    color: var(--crowd-muted);
    cursor: default;
  }
  .grip {
    align-self: stretch;
    align-items: center;
    color: var(--crowd-muted);
    display: flex;
    flex: none;
    justify-content: center;
    touch-action: none;
    width: 28px;
  }
  .chip-text {
    flex: 1;
    font-size: 0.875rem;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .excerpt {
    color: var(--crowd-muted);
  }
  .chip-action {
    width: 26px;
  }
  .chip-action:hover {
    background: var(--crowd-accent-soft);
    color: var(--crowd-text);
  }
  .ghost {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-accent);
    border-radius: var(--crowd-radius-small);
    box-shadow: var(--crowd-shadow);
    color: var(--crowd-text);
    font-size: 0.875rem;
    inset: 0 auto auto 0;
    max-width: 260px;
    overflow: hidden;
    padding: 8px 12px;
    pointer-events: none;
    position: fixed;
    text-overflow: ellipsis;
    white-space: nowrap;
    z-index: 10;
  }
  .board.dragging .chip {
    cursor: grabbing;
  }
  @media (hover: none) {
    .grip {
      width: 44px;
    }
    .chip,
    .chip-action {
      min-height: 44px;
    }
    .chip-action {
      width: 38px;
    }
  }
  @media (forced-colors: active) {
    .card.current,
    .level.over .places,
    .pool.over,
    .board.wrong {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .gap-before::before,
    .gap-after::after {
      background: Highlight;
    }
    .chip-action {
      border: 1px solid ButtonText;
    }
  }
`;
