import { css } from 'lit';

/** The button that opens a dialog, where it shall look like one; `.link` is in the base. */
export const triggerStyles = css`
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
`;
