import { css } from 'lit';

export const checkboxStyles = css`
  .mark {
    border-radius: 4px;
  }
  .mark svg {
    height: 18px;
    visibility: hidden;
    width: 18px;
  }
  #control:checked ~ .mark svg {
    visibility: visible;
  }
`;
