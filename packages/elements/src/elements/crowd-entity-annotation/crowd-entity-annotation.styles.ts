import { css } from '../../base.ts';

export const entityStyles = css`
  .own-form {
    border-top: 1px solid var(--crowd-line);
    display: block;
    margin-top: 16px;
    padding-top: 4px;
  }
  .own-form > form {
    margin: 0;
  }
  /* What templates move in here has left the reach of the page's own style sheet. */
  .own-form
    :is(
      textarea,
      select,
      input:not([type]),
      input:is([type='text'], [type='date'], [type='number'], [type='email'], [type='url'], [type='tel'], [type='search'])
    ) {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    color: inherit;
    font: inherit;
    max-width: 100%;
    padding: 6px 10px;
  }
  .own-form :is(input[type='checkbox'], input[type='radio']) {
    accent-color: var(--crowd-accent);
    height: 18px;
    margin: 3px 6px 3px 3px;
    vertical-align: text-bottom;
    width: 18px;
  }
  .own-form :is(button, input:is([type='button'], [type='submit'], [type='reset'])) {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    cursor: pointer;
    min-height: 36px;
    padding: 4px 14px;
  }
`;
