import { css } from 'lit';

export const roundButtonStyles = css`
  /* Inline, so that what a missing end tag has put into the element is laid out as if it followed it. */
  :host {
    display: inline;
  }
  .button {
    align-items: center;
    background: none;
    border: 1px solid transparent;
    border-radius: 50%;
    color: inherit;
    cursor: pointer;
    display: inline-flex;
    flex: none;
    font-weight: 600;
    height: 44px;
    justify-content: center;
    overflow: hidden;
    padding: 8px;
    transition: background var(--crowd-ease, 0s);
    vertical-align: middle;
    width: 44px;
  }
  .button:hover {
    background: color-mix(in srgb, currentcolor 10%, transparent);
  }
  .button:active {
    background: color-mix(in srgb, currentcolor 22%, transparent);
  }
  .button:disabled {
    background: none;
    color: var(--crowd-muted);
    cursor: default;
    opacity: 0.6;
  }
  svg,
  img {
    flex: none;
    height: 24px;
    object-fit: contain;
    width: 24px;
  }
  .label {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }
    .button:disabled {
      border-color: GrayText;
    }
  }
`;
