import { css } from 'lit';

export const crowdInstructionsStyles = css`
  :host {
    display: block;
    margin-block: 8px;
  }
  .tabs {
    border-bottom: 1px solid var(--crowd-line);
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding: 0 16px;
  }
  .tab {
    background: none;
    border: 0;
    border-bottom: 3px solid transparent;
    cursor: pointer;
    min-height: 44px;
    padding: 8px 12px;
  }
  .tab:hover {
    color: var(--crowd-accent-hover);
  }
  .tab[aria-selected='true'] {
    border-bottom-color: var(--crowd-accent);
    color: var(--crowd-accent);
    font-weight: 600;
  }
  .button-trigger {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    cursor: pointer;
    font-weight: 600;
    min-height: 40px;
    padding: 8px 18px;
  }
  .button-trigger:hover {
    background: var(--crowd-accent-soft);
  }
  .kind {
    align-items: center;
    display: flex;
    font-size: 1em;
    font-weight: 600;
    gap: 6px;
    margin: 0 0 8px;
  }
  .good {
    color: var(--crowd-good);
  }
  .bad {
    color: var(--crowd-bad);
  }
  ::slotted(positive-example),
  ::slotted(negative-example) {
    border-inline-start: 4px solid var(--crowd-good);
    margin-bottom: 12px;
    padding: 4px 12px;
  }
  ::slotted(negative-example) {
    border-inline-start-color: var(--crowd-bad);
  }
`;
