import { css } from 'lit';

export const textAreaStyles = css`
  .frame #field {
    display: block;
    field-sizing: content;
    line-height: 1.5;
    max-height: calc(var(--max-rows) * 1lh + var(--padding));
    min-height: max(var(--least), calc(var(--rows) * 1lh + var(--padding)));
    resize: vertical;
  }
  .frame {
    --least: 42px;
    --padding: 16px;
  }
  .frame.labelled {
    --least: 54px;
    --padding: 28px;
  }
`;
