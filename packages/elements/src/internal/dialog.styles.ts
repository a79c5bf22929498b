import { css } from 'lit';

export const dialogStyles = css`
  dialog {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius);
    box-shadow: 0 12px 40px rgb(16 24 32 / 25%);
    color: var(--crowd-text);
    max-height: min(85vh, 900px);
    max-width: min(92vw, 800px);
    padding: 0;
    width: 800px;
  }
  dialog::backdrop {
    background: rgb(16 24 32 / 45%);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  .dialog-head {
    align-items: center;
    border-bottom: 1px solid var(--crowd-line);
    display: flex;
    gap: 16px;
    justify-content: space-between;
    padding: 12px 12px 12px 20px;
  }
  .dialog-title {
    font-size: 1.125rem;
    font-weight: 600;
    margin: 0;
  }
  .dialog-body {
    overflow: auto;
    overflow-wrap: break-word;
    padding: 16px 20px 24px;
  }
  .close {
    background: none;
    /* Seen in forced colours only. */
    border: 1px solid transparent;
    border-radius: var(--crowd-radius-small);
    cursor: pointer;
    flex: none;
    height: 40px;
    padding: 0;
    width: 40px;
  }
  .close:hover {
    background: var(--crowd-sunken);
  }
  .close svg {
    display: block;
    margin: auto;
  }
`;
