import { css } from 'lit';

export const textAreaStyles = css`
  #field {
    display: block;
    field-sizing: content;
    line-height: 1.5;
    max-height: calc(var(--max-rows) * 1lh + var(--padding));
    min-height: max(42px, calc(var(--rows) * 1lh + var(--padding)));
    resize: vertical;
  }
  .frame {
    --padding: 16px;
  }
  .frame.labelled {
    --padding: 28px;
  }
`;
