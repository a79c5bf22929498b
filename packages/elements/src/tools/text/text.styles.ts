import { css } from '../../base.ts';

export const textStyles = css`
  .text-stage {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius);
    cursor: text;
    max-height: var(--crowd-stage-height, clamp(280px, calc(100vh - 250px), 1400px));
    min-height: 120px;
    overflow: auto;
    overflow-anchor: none;
    padding: 14px 20px;
    touch-action: manipulation;
  }
  .text-stage[aria-disabled='true'] {
    background: var(--crowd-sunken);
    cursor: default;
  }
  .page {
    margin-inline: auto;
    max-width: 46rem;
    position: relative;
  }
  .text-area {
    color: var(--crowd-text);
    font-size: 1.0625rem;
    line-height: 2.25;
    overflow-wrap: anywhere;
    tab-size: 4;
    unicode-bidi: plaintext;
    white-space: pre-wrap;
  }
  .text-area ::selection {
    background: color-mix(in srgb, var(--crowd-focus) 32%, transparent);
    color: inherit;
  }
  .text-area ::highlight(crowd-text-selection) {
    background: color-mix(in srgb, var(--crowd-focus) 32%, transparent);
  }
  /* Painted once is enough. */
  @supports selector(::highlight(crowd-text-selection)) {
    .text-area ::selection {
      background: transparent;
    }
  }
  .chunk {
    content-visibility: auto;
    padding-inline-end: 1.5rem;
    padding-top: 0.25rem;
    text-align: start;
    unicode-bidi: plaintext;
  }
  .span {
    background-color: color-mix(in srgb, var(--span) 16%, transparent);
    background-repeat: no-repeat;
    background-size: 100% 3px;
    border-radius: 2px;
    -webkit-box-decoration-break: clone;
    box-decoration-break: clone;
    cursor: pointer;
    padding-bottom: calc(var(--levels) * 4px);
    padding-top: 1px;
    position: relative;
  }
  .span:hover {
    background-color: color-mix(in srgb, var(--span) 26%, transparent);
  }
  .span.selected {
    background-color: color-mix(in srgb, var(--span) 38%, transparent);
  }
  .tags {
    bottom: calc(100% - 3px);
    display: flex;
    direction: inherit;
    gap: 2px;
    inset-inline-start: 0;
    line-height: 1;
    max-width: max(2.6rem, var(--room, 14rem));
    overflow: hidden;
    position: absolute;
    user-select: none;
    -webkit-user-select: none;
    white-space: nowrap;
  }
  .tags:hover,
  .tags.selected {
    max-width: none;
    z-index: 2;
  }
  .tag {
    align-items: center;
    background: color-mix(in srgb, var(--span) 24%, var(--crowd-surface));
    border-radius: 3px;
    color: var(--crowd-text);
    cursor: pointer;
    display: flex;
    font-size: 0.6875rem;
    font-weight: 600;
    min-width: 0;
    padding-inline-start: 4px;
  }
  .tag.selected {
    background: color-mix(in srgb, var(--span) 24%, var(--crowd-surface));
    outline: 2px solid var(--crowd-focus);
    outline-offset: -2px;
  }
  .tag-name {
    min-width: 0;
    overflow: hidden;
    padding-block: 2px;
    text-overflow: ellipsis;
    unicode-bidi: isolate;
  }
  .cross {
    border-radius: 3px;
    flex: none;
    font-size: 0.8125rem;
    padding: 0 4px 1px;
  }
  .cross:hover {
    background: var(--crowd-bad-soft);
    color: var(--crowd-bad);
  }
  .caret {
    background: var(--crowd-focus);
    inset: 0 auto auto 0;
    margin-inline-start: -1px;
    pointer-events: none;
    position: absolute;
    width: 2px;
  }
  .text-stage:not(:focus) .caret {
    visibility: hidden;
  }
  .mark .where {
    unicode-bidi: plaintext;
  }
  .no-text {
    color: var(--crowd-bad);
    margin: 0;
  }
  @container crowd-tool (width < 700px) {
    .text-stage {
      max-height: var(--crowd-stage-height, 60vh);
      padding: 10px 14px;
    }
    /* Labels stay at hand while the text scrolls. */
    .label-part {
      background: Canvas;
      max-height: 30vh;
      overflow: auto;
      padding-block: 6px;
      position: sticky;
      top: 0;
      z-index: 3;
    }
  }
  @media (forced-colors: active) {
    .span {
      text-decoration: underline;
    }
    .span.selected {
      outline: 2px solid Highlight;
    }
    .caret {
      background: CanvasText;
    }
    .tag {
      border: 1px solid CanvasText;
    }
  }
`;
