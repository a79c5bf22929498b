import { css } from 'lit';

export const sliderStyles = css`
  :host {
    display: block;
    margin-block: 8px;
  }
  .row {
    align-items: center;
    display: flex;
    gap: 16px;
  }
  .track {
    --knob: 20px;
    flex: 1;
    min-width: 120px;
    position: relative;
  }
  .bar,
  .done,
  .secondary {
    border-radius: 3px;
    height: 6px;
    inset-inline-start: 0;
    pointer-events: none;
    position: absolute;
    top: 19px;
  }
  .bar {
    background: var(--crowd-line-strong);
    opacity: 0.45;
    width: 100%;
  }
  .secondary {
    background: var(--crowd-slider-secondary-color, var(--crowd-accent));
    opacity: 0.4;
    width: var(--secondary);
  }
  .done {
    background: var(--crowd-accent);
    width: calc(var(--knob) / 2 + (100% - var(--knob)) * var(--at));
  }
  #control {
    appearance: none;
    background: none;
    cursor: pointer;
    display: block;
    height: 44px;
    margin: 0;
    position: relative;
    width: 100%;
  }
  #control:focus-visible {
    outline: none;
  }
  #control::-webkit-slider-thumb {
    appearance: none;
    background: var(--crowd-accent);
    border: 2px solid var(--crowd-surface);
    border-radius: 50%;
    box-shadow: 0 0 0 1px var(--crowd-accent);
    height: var(--knob);
    width: var(--knob);
  }
  #control::-moz-range-thumb {
    background: var(--crowd-accent);
    border: 2px solid var(--crowd-surface);
    border-radius: 50%;
    box-shadow: 0 0 0 1px var(--crowd-accent);
    box-sizing: border-box;
    height: var(--knob);
    width: var(--knob);
  }
  #control:focus-visible::-webkit-slider-thumb {
    box-shadow: 0 0 0 4px var(--crowd-focus);
  }
  #control:focus-visible::-moz-range-thumb {
    box-shadow: 0 0 0 4px var(--crowd-focus);
  }
  #control:disabled {
    cursor: default;
  }
  /* Not the labels, which are to be read all the same. */
  .track:has(#control:disabled) > :not(.ticks) {
    opacity: 0.55;
  }
  .pin {
    background: var(--crowd-text);
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-surface);
    font-size: 0.8125em;
    inset-inline-start: calc(var(--knob) / 2 + (100% - var(--knob)) * var(--at));
    padding: 1px 8px;
    pointer-events: none;
    position: absolute;
    top: 8px;
    transform: translate(-50%, -100%);
    visibility: hidden;
    z-index: 1;
  }
  :host(:dir(rtl)) .pin {
    transform: translate(50%, -100%);
  }
  #control:is(:hover, :focus-visible, :active) ~ .pin {
    visibility: visible;
  }
  .number {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    min-height: 36px;
    padding: 4px 8px;
    width: 7em;
  }
  .ticks {
    display: block;
    margin-inline: calc(var(--knob) / 2);
    position: relative;
  }
  .ticks.labelled {
    height: var(--labels, 1.6em);
  }
  @media (forced-colors: active) {
    .bar,
    .done,
    .secondary {
      forced-color-adjust: none;
      opacity: 1;
    }
    .bar {
      background: GrayText;
    }
    .secondary {
      background: CanvasText;
    }
    .done {
      background: Highlight;
    }
    #control::-webkit-slider-thumb {
      background: Highlight;
      border-color: Canvas;
      forced-color-adjust: none;
    }
    #control:focus-visible {
      outline: 2px solid Highlight;
    }
    .pin {
      border: 1px solid CanvasText;
    }
  }
`;
