import { css } from 'lit';

export const radioGroupStyles = css`
  :host {
    display: block;
  }
`;
