import { css } from 'lit';

export const textControlStyles = css`
  :host {
    display: block;
    margin-block: 8px;
  }
  .frame {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    display: flex;
    position: relative;
    transition: border-color var(--crowd-ease, 0s);
  }
  .frame:focus-within {
    border-color: var(--crowd-focus);
    box-shadow: 0 0 0 1px var(--crowd-focus);
  }
  @media (forced-colors: active) {
    .frame:focus-within {
      outline: 2px solid Highlight;
    }
  }
  .frame.wrong {
    border-color: var(--crowd-bad);
    box-shadow: 0 0 0 1px var(--crowd-bad);
  }
  #field {
    background: none;
    border: 0;
    border-radius: inherit;
    flex: 1;
    min-height: 42px;
    min-width: 0;
    outline: none;
    padding: 8px 12px;
    width: 100%;
  }
  .labelled #field {
    padding: 22px 12px 6px;
    min-height: 54px;
  }
  #field::placeholder {
    color: var(--crowd-muted);
    opacity: 1;
    transition: opacity var(--crowd-ease, 0s);
  }
  .labelled:not(.floated) #field:not(:focus)::placeholder {
    opacity: 0;
  }
  label {
    color: var(--crowd-muted);
    inset-inline: 12px;
    overflow: hidden;
    pointer-events: none;
    position: absolute;
    text-overflow: ellipsis;
    top: 14px;
    transform-origin: 0 0;
    transition: transform var(--crowd-ease, 0s);
    white-space: nowrap;
  }
  :host(:dir(rtl)) label {
    transform-origin: 100% 0;
  }
  .floated label,
  .frame:focus-within label,
  #field:not(:placeholder-shown) ~ label {
    transform: translateY(-10px) scale(0.8);
  }
  .wrong label {
    color: var(--crowd-bad);
  }
  #field:disabled {
    color: var(--crowd-muted);
    cursor: default;
  }
  .frame:has(#field:is(:disabled, :read-only)) {
    background: var(--crowd-sunken);
  }
  .foot {
    display: flex;
    gap: 12px;
    justify-content: space-between;
  }
  .counter {
    color: var(--crowd-muted);
    font-size: 0.8125em;
    margin-inline-start: auto;
    margin-top: 4px;
  }
`;
