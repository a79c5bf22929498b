import { css } from 'lit';

export const cardStyles = css`
  :host {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius);
    box-shadow: var(--crowd-shadow);
    color: var(--crowd-text);
    display: inline-block;
    max-width: 100%;
    overflow-wrap: break-word;
    padding: 16px;
  }
  .picture {
    border-radius: var(--crowd-radius-small);
    display: block;
    margin-bottom: 12px;
    max-width: 100%;
    width: 100%;
  }
  .heading {
    font-size: 1.125em;
    font-weight: 600;
    margin-bottom: 8px;
  }
`;
