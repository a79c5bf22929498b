import { css } from 'lit';

export const formStyles = css`
  :host {
    display: block;
  }
  .submit {
    margin-top: 20px;
  }
  /* Under the categories of a widget, where the hand is. */
  .submit.end {
    display: flex;
    justify-content: flex-end;
  }
  .notes:not(:empty) {
    margin-top: 16px;
  }
  #answers-box {
    background: var(--crowd-sunken);
    border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius);
    color: var(--crowd-text);
    margin-top: 16px;
    padding: 12px 16px;
  }
  #answers-box p {
    color: var(--crowd-muted);
    margin: 0 0 8px;
  }
  pre {
    margin: 0;
    max-height: 60vh;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;
