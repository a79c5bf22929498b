import { css } from 'lit';

export const toggleStyles = css`
  :host {
    display: inline-block;
    vertical-align: middle;
  }
  .toggle {
    align-items: flex-start;
    display: inline-flex;
    gap: 10px;
    min-height: 32px;
    padding: 4px 6px 4px 2px;
    position: relative;
  }
  @media (pointer: coarse) {
    .toggle {
      min-height: 44px;
      padding-block: 10px;
    }
  }
  #control {
    appearance: none;
    cursor: pointer;
    height: 100%;
    inset: 0;
    margin: 0;
    opacity: 0;
    position: absolute;
    width: 100%;
    z-index: 1;
  }
  #control:disabled {
    cursor: default;
  }
  label {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  label ::slotted(a) {
    position: relative;
    z-index: 2;
  }
  .mark {
    align-items: center;
    background: var(--crowd-surface);
    border: 2px solid var(--crowd-line-strong);
    color: var(--crowd-on-accent);
    display: inline-flex;
    flex: none;
    height: 20px;
    justify-content: center;
    margin-top: 2px;
    transition:
      background var(--crowd-ease, 0s),
      border-color var(--crowd-ease, 0s);
    width: 20px;
  }
  #control:hover:enabled ~ .mark {
    border-color: var(--crowd-accent);
  }
  #control:checked ~ .mark {
    background: var(--crowd-accent);
    border-color: var(--crowd-accent);
  }
  #control:focus-visible ~ .mark {
    outline: 2px solid var(--crowd-focus);
    outline-offset: 2px;
  }
  #control[aria-invalid] ~ .mark {
    border-color: var(--crowd-bad);
  }
  #control:disabled ~ .mark,
  #control:disabled ~ label {
    opacity: 0.55;
  }
  @media (forced-colors: active) {
    #control:checked ~ .mark {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
