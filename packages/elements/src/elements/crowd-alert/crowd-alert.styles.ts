import { css } from 'lit';

export const alertStyles = css`
  :host {
    display: block;
    margin-block: 8px;
  }
  :host(:state(hidden)) {
    display: none !important;
  }
  .alert {
    --ground: var(--crowd-accent-soft);
    --edge: var(--crowd-accent);
    align-items: flex-start;
    background: var(--ground);
    border: 1px solid var(--edge);
    border-inline-start-width: 4px;
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    display: flex;
    gap: 10px;
    padding: 10px 12px;
  }
  .success {
    --ground: var(--crowd-good-soft);
    --edge: var(--crowd-good);
  }
  .warning {
    --ground: var(--crowd-warn-soft);
    --edge: var(--crowd-warn);
  }
  .error {
    --ground: var(--crowd-bad-soft);
    --edge: var(--crowd-bad);
  }
  .alert > svg {
    color: var(--edge);
    flex: none;
    margin-top: 2px;
  }
  .text {
    flex: 1;
    min-width: 0;
    overflow-wrap: break-word;
  }
  .close {
    background: none;
    /* Seen in forced colours only. */
    border: 1px solid transparent;
    border-radius: var(--crowd-radius-small);
    cursor: pointer;
    flex: none;
    height: 32px;
    margin: -4px -4px -4px 0;
    padding: 5px;
    width: 32px;
  }
  .close:hover {
    background: rgb(128 128 128 / 18%);
  }
  .close svg {
    display: block;
  }
`;
