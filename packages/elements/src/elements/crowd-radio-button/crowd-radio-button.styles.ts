import { css } from 'lit';

export const radioButtonStyles = css`
  .mark {
    border-radius: 50%;
  }
  #control:checked ~ .mark::after {
    background: currentColor;
    border-radius: 50%;
    content: '';
    height: 8px;
    width: 8px;
  }
`;
