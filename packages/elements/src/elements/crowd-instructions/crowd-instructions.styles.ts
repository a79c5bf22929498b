import { css } from 'lit';

export const crowdInstructionsStyles = css`
  :host {
    display: block;
    margin-block: 8px;
  }
  .tabs {
    padding: 0 16px;
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
