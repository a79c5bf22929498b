import { css } from 'lit';

export const badgeStyles = css`
  :host {
    display: inline;
  }
  .badge {
    align-items: center;
    background: var(--crowd-accent);
    border: 1px solid var(--crowd-surface);
    border-radius: 11px;
    color: var(--crowd-on-accent);
    display: inline-flex;
    font-size: 0.75rem;
    font-weight: 600;
    height: 22px;
    justify-content: center;
    left: 0;
    line-height: 1;
    min-width: 22px;
    padding: 0 5px;
    pointer-events: none;
    position: absolute;
    top: 0;
    white-space: nowrap;
    z-index: 1;
  }
  .badge.away {
    visibility: hidden;
  }
  svg,
  img {
    height: 14px;
    object-fit: contain;
    width: 14px;
  }
`;
