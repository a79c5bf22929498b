import { css } from '../../base.ts';

export const documentStyles = css`
  :host {
    /* On paper, which is white in the dark as well. */
    --pair-key: #1565a8;
    --pair-value: #b4460f;
    --side-width: clamp(300px, 36cqi, 460px);
  }
  @container crowd-tool (width >= 1400px) {
    .layout {
      --side-width: clamp(300px, 24cqi, 460px);
    }
  }
  .stage {
    cursor: default;
  }
  .stage.drawing {
    cursor: crosshair;
  }
  .shapes {
    forced-color-adjust: none;
    opacity: var(--mark-opacity);
  }
  .shapes.handles {
    opacity: 1;
  }
  .area {
    fill-opacity: 0.07;
    stroke-linejoin: round;
    stroke-width: 1.5px;
    vector-effect: non-scaling-stroke;
  }
  .area.key {
    fill: var(--pair-key);
    stroke: var(--pair-key);
  }
  .area.value {
    fill: var(--pair-value);
    stroke: var(--pair-value);
  }
  .area.hovered {
    fill-opacity: 0.16;
    stroke-width: 2.5px;
  }
  .area.chosen {
    fill-opacity: 0.12;
    stroke-width: 3px;
  }
  .area.rejected {
    fill: none;
    stroke: #6b7280;
    stroke-dasharray: 5 4;
  }
  .link-line {
    fill: none;
    stroke: #18212b;
    stroke-dasharray: 2 4;
    stroke-width: 1.5px;
    vector-effect: non-scaling-stroke;
  }
  .handle {
    fill: #fff;
    stroke: #18212b;
    stroke-width: 1.5px;
  }
  .handle.active {
    fill: #ffd400;
    stroke-width: 2.5px;
  }
  .swatch.key {
    background: var(--pair-key);
  }
  .swatch.value {
    background: var(--pair-value);
  }
  .pair-part {
    display: flex;
    flex-direction: column;
    gap: 8px;
    min-width: 0;
  }
  .pair-title {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: space-between;
  }
  .pairs {
    display: flex;
    flex-direction: column;
    gap: 4px;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .pair {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line);
    border-inline-start: 4px solid var(--crowd-line);
    border-radius: var(--crowd-radius-small);
  }
  .pair:not(.selected) {
    content-visibility: auto;
    contain-intrinsic-height: auto 58px;
  }
  .pair.selected {
    border-color: var(--crowd-accent);
    box-shadow: 0 0 0 1px var(--crowd-accent);
  }
  .pair[data-pointed]:not(.selected) {
    background: var(--crowd-sunken);
    border-color: var(--crowd-line-strong);
  }
  .pair.checked {
    border-inline-start-color: var(--crowd-good);
  }
  .pair.open {
    border-inline-start-color: var(--crowd-warn);
  }
  .pair.rejected {
    border-inline-start-color: var(--crowd-bad);
  }
  .pair-head {
    align-items: start;
    background: none;
    border: 0;
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    cursor: pointer;
    display: flex;
    gap: 8px;
    padding: 6px 10px;
    position: relative;
    text-align: start;
    width: 100%;
  }
  .pair-head:focus-visible {
    outline-offset: -2px;
  }
  .pair-head:hover {
    background: var(--crowd-sunken);
  }
  .selected > .pair-head {
    background: var(--crowd-accent-soft);
    border-end-end-radius: 0;
    border-end-start-radius: 0;
  }
  .pair-texts {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .pair-key {
    color: var(--crowd-muted);
    display: block;
    font-size: 0.8125rem;
  }
  .pair-value {
    display: block;
    min-height: 1.5em;
  }
  .pair:not(.selected) .pair-value {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .rejected .pair-texts {
    color: var(--crowd-muted);
    text-decoration: line-through;
  }
  .pair-state {
    color: var(--crowd-muted);
    flex: none;
    min-width: 20px;
  }
  .checked .pair-state {
    color: var(--crowd-good);
  }
  .open .pair-state {
    color: var(--crowd-warn);
  }
  .rejected .pair-state {
    color: var(--crowd-bad);
  }
  .pair-body {
    border-top: 1px solid var(--crowd-line);
    display: grid;
    gap: 8px;
    padding: 10px;
  }
  .question {
    border: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    margin: 0;
    padding: 0;
  }
  .question legend {
    font-size: 0.875rem;
    padding: 0;
  }
  .choice {
    align-items: center;
    cursor: pointer;
    display: inline-flex;
    gap: 8px;
    min-height: 32px;
  }
  .choice input {
    accent-color: var(--crowd-accent);
    flex: none;
    height: 18px;
    margin: 0;
    width: 18px;
  }
  .field {
    display: grid;
    gap: 2px;
  }
  .field-name {
    align-items: center;
    display: flex;
    font-size: 0.8125rem;
    gap: 6px;
  }
  .field-name .swatch,
  .pair-boxes .swatch {
    height: 12px;
    width: 12px;
  }
  .pair-field {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    field-sizing: content;
    max-height: 30vh;
    min-height: 40px;
    padding: 7px 10px;
    resize: none;
    width: 100%;
  }
  .cutout {
    background: #fff;
    border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius-small);
    overflow: hidden;
    position: relative;
    width: 100%;
  }
  .cutout img {
    height: auto;
    image-orientation: none;
    max-width: none;
    position: absolute;
  }
  .cutout .frame {
    border: 2px solid var(--pair-value);
    forced-color-adjust: none;
    position: absolute;
  }
  .pair-boxes,
  .pair-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .pair-boxes .action {
    font-size: 0.8125rem;
    min-height: 32px;
    padding: 2px 8px;
  }
  .accept {
    background: var(--crowd-accent);
    border-color: var(--crowd-accent);
    color: var(--crowd-on-accent);
  }
  .accept:hover:enabled {
    background: var(--crowd-accent-hover);
  }
  .accept kbd {
    border-color: currentcolor;
    color: inherit;
  }
  @container crowd-tool (width < 700px) {
    .pairs {
      gap: 6px;
    }
    .stage {
      height: var(--crowd-stage-height, clamp(180px, 30vh, 420px));
    }
  }
  @container crowd-tool (width < 700px) {
    @media (min-height: 560px) {
      /* The page stays in view while the list below it scrolls. */
      .content {
        background: var(--crowd-surface);
        position: sticky;
        top: 0;
        z-index: 1;
      }
      .pair {
        scroll-margin-top: calc(30vh + 72px);
      }
    }
  }
  @media (hover: none) {
    .choice,
    .pair-boxes .action {
      min-height: 44px;
    }
    .accept kbd {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .pair.selected {
      outline: 2px solid Highlight;
    }
  }
`;
