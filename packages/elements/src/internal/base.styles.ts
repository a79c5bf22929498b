import { css } from 'lit';

/** Looks shared by all shadow trees. The colours are tokens of page-style.ts, which templates may override. */
export const base = css`
  :host {
    box-sizing: border-box;
    font-family: var(--crowd-font, inherit);
    line-height: 1.5;
    text-align: start;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button,
  input,
  textarea {
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--crowd-focus);
    outline-offset: 2px;
  }
  .complaint:not(:empty) {
    color: var(--crowd-bad);
    font-size: 0.875em;
    margin-top: 4px;
  }
  .link {
    background: none;
    border: 0;
    border-radius: 4px;
    color: var(--crowd-accent);
    cursor: pointer;
    padding: 4px 2px;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .link:hover {
    color: var(--crowd-accent-hover);
  }
  @media (prefers-reduced-motion: no-preference) {
    :host {
      --crowd-ease: 120ms ease-out;
    }
  }
`;
