import { css } from 'lit';

export const toastStyles = css`
  :host {
    display: contents;
  }
  .toast {
    background: var(--crowd-text);
    border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius);
    box-shadow: 0 6px 24px rgb(16 24 32 / 35%);
    color: var(--crowd-surface);
    inset: auto 0 24px;
    margin: 0 auto;
    max-width: min(92vw, 560px);
    overflow-wrap: break-word;
    padding: 8px 8px 8px 20px;
    position: fixed;
    width: max-content;
  }
  .toast:popover-open {
    align-items: center;
    display: flex;
    gap: 12px;
  }
  .text {
    flex: 1;
    min-width: 0;
    padding-block: 6px;
  }
  .close {
    background: none;
    /* Seen in forced colours only. */
    border: 1px solid transparent;
    border-radius: var(--crowd-radius-small);
    color: inherit;
    cursor: pointer;
    flex: none;
    height: 40px;
    padding: 9px;
    width: 40px;
  }
  .close:hover {
    background: color-mix(in srgb, currentcolor 18%, transparent);
  }
  .close:focus-visible {
    outline-color: currentcolor;
    outline-offset: -2px;
  }
  .close svg {
    display: block;
  }
`;
