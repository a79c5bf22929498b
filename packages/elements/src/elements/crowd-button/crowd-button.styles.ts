import { css } from 'lit';

export const buttonStyles = css`
  :host {
    display: inline-block;
    vertical-align: middle;
  }
  form {
    display: contents;
  }
  .button {
    align-items: center;
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    cursor: pointer;
    display: inline-flex;
    font-weight: 600;
    gap: 8px;
    position: relative;
    justify-content: center;
    min-height: 40px;
    padding: 8px 18px;
    text-align: center;
    text-decoration: none;
    transition: background var(--crowd-ease, 0s);
    width: 100%;
  }
  .button:hover {
    background: var(--crowd-accent-soft);
    border-color: var(--crowd-accent);
  }
  .primary {
    background: var(--crowd-accent);
    border-color: var(--crowd-accent);
    color: var(--crowd-on-accent);
  }
  .primary:hover {
    background: var(--crowd-accent-hover);
    border-color: var(--crowd-accent-hover);
  }
  .button.link {
    background: none;
    border-color: transparent;
    color: var(--crowd-accent);
    padding-inline: 8px;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .button.icon {
    background: none;
    border-color: transparent;
    color: inherit;
    padding: 8px;
    min-width: 40px;
  }
  .icon-right {
    flex-direction: row-reverse;
  }
  .nowrap {
    white-space: nowrap;
  }
  .button:disabled,
  .button[aria-disabled='true'] {
    background: var(--crowd-sunken);
    border-color: var(--crowd-line);
    color: var(--crowd-muted);
    cursor: default;
  }
  .button img {
    height: 20px;
    width: 20px;
  }
  .unseen {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
    width: 1px;
  }
  .spinner {
    border: 2px solid currentColor;
    border-radius: 50%;
    border-right-color: transparent;
    flex: none;
    height: 16px;
    width: 16px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .unseen {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
    width: 1px;
  }
  .spinner {
      animation: turn 800ms linear infinite;
    }
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (pointer: coarse) {
    .button {
      min-height: 44px;
    }
  }
`;
