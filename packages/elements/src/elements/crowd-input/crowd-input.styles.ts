import { css } from 'lit';

export const inputStyles = css`
  :host([type='hidden']) {
    display: none;
  }
  #field[type='file'] {
    padding-top: 24px;
  }
`;
