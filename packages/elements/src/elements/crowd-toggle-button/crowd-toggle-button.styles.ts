import { css } from 'lit';

export const toggleButtonStyles = css`
  .mark {
    background: var(--crowd-line-strong);
    border-radius: 11px;
    height: 22px;
    justify-content: flex-start;
    margin-top: 1px;
    width: 40px;
  }
  .mark::after {
    background: var(--crowd-surface);
    border-radius: 50%;
    content: '';
    height: 16px;
    margin: 1px;
    transition: transform var(--crowd-ease, 0s);
    width: 16px;
  }
  #control:checked ~ .mark::after {
    transform: translateX(18px);
  }
  :host(:dir(rtl)) #control:checked ~ .mark::after {
    transform: translateX(-18px);
  }
  @media (forced-colors: active) {
    #control:not(:checked) ~ .mark::after {
      background: ButtonText;
    }
  }
  :host([invalid]) #control:not(:checked) ~ .mark {
    background: var(--crowd-toggle-invalid-color, var(--crowd-bad));
    border-color: var(--crowd-toggle-invalid-color, var(--crowd-bad));
  }
`;
