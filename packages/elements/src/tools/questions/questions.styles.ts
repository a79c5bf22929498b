import { css } from '../../base.ts';

export const questionStyles = css`
  :host {
    --side-width: clamp(300px, 36cqi, 480px);
  }
  @container crowd-tool (width >= 1400px) {
    .layout {
      --side-width: clamp(300px, 24cqi, 460px);
    }
  }
  .side-head {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    justify-content: space-between;
  }
  .side-head .range {
    color: var(--crowd-muted);
    flex: 1;
    font-size: 0.8125rem;
    white-space: nowrap;
  }
  .pair {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line);
    border-inline-start: 5px solid var(--span);
    border-radius: var(--crowd-radius);
    color: var(--crowd-text);
  }
  .pair.current {
    border-color: var(--crowd-line-strong);
    border-inline-start-color: var(--span);
    box-shadow: var(--crowd-shadow);
  }
  .pair-head {
    align-items: start;
    display: flex;
    padding: 4px;
  }
  .pair-heading {
    flex: 1;
    font: inherit;
    margin: 0;
    min-width: 0;
  }
  .pair-title {
    background: none;
    border: 0;
    border-radius: var(--crowd-radius-small);
    color: inherit;
    cursor: pointer;
    display: grid;
    min-height: 36px;
    padding: 6px 8px;
    text-align: start;
    width: 100%;
  }
  .pair-title:hover {
    background: var(--crowd-sunken);
  }
  .pair-number {
    font-size: 0.875rem;
    font-weight: 600;
  }
  .pair-summary {
    overflow: hidden;
    overflow-wrap: anywhere;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .pair-note,
  .count,
  .pair-error {
    color: var(--crowd-muted);
    font-size: 0.8125rem;
  }
  .pair-error,
  .count.over {
    color: var(--crowd-bad);
  }
  .pair-remove {
    width: 36px;
  }
  .pair-remove:hover:enabled {
    background: var(--crowd-bad-soft);
    color: var(--crowd-bad);
  }
  .pair-remove:disabled {
    cursor: default;
    opacity: 0.55;
  }
  .pair-body {
    display: grid;
    gap: 10px;
    padding: 0 12px 12px;
  }
  .pair-field {
    border: 0;
    margin: 0;
    min-width: 0;
    padding: 0;
  }
  .pair-field > label:not(.check),
  legend {
    display: block;
    font-size: 0.875rem;
    font-weight: 600;
    margin-bottom: 2px;
    padding: 0;
  }
  textarea,
  .custom-tag input {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    padding: 7px 10px;
    width: 100%;
  }
  textarea {
    display: block;
    field-sizing: content;
    max-height: 16em;
    min-height: 4em;
    resize: vertical;
  }
  textarea[aria-invalid],
  .custom-tag input[aria-invalid] {
    border-color: var(--crowd-bad);
    box-shadow: 0 0 0 1px var(--crowd-bad);
  }
  textarea:disabled {
    background: var(--crowd-sunken);
    color: var(--crowd-muted);
  }
  .pair-foot {
    display: flex;
    gap: 12px;
    justify-content: space-between;
    margin-top: 2px;
  }
  .count {
    flex: none;
    font-variant-numeric: tabular-nums;
    margin-inline-start: auto;
    max-width: 100%;
  }
  .passages {
    display: grid;
    gap: 2px;
    list-style: none;
    margin: 0;
    max-height: 12em;
    overflow: auto;
    padding: 0;
  }
  .passages li {
    align-items: center;
    display: flex;
  }
  .passage {
    background: color-mix(in srgb, var(--span) 14%, transparent);
    border: 0;
    border-radius: var(--crowd-radius-small);
    color: inherit;
    cursor: pointer;
    flex: 1;
    font-size: 0.875rem;
    min-height: 32px;
    min-width: 0;
    overflow: hidden;
    padding: 4px 10px;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .passage:focus-visible,
  .passages .pair-remove:focus-visible {
    outline-offset: -2px;
  }
  .check {
    align-items: center;
    cursor: pointer;
    display: flex;
    gap: 8px;
    min-height: 32px;
    min-width: 0;
  }
  .check input {
    accent-color: var(--crowd-accent);
    flex: none;
    height: 18px;
    margin: 0;
    width: 18px;
  }
  .tag-list {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    max-height: 14em;
    overflow: auto;
    padding: 3px;
  }
  .tag-choice {
    border: 1px solid var(--crowd-line-strong);
    border-radius: 999px;
    font-size: 0.875rem;
    max-width: 100%;
    padding: 0 12px 0 8px;
  }
  .tag-choice:has(:checked) {
    background: var(--crowd-accent-soft);
    border-color: var(--crowd-accent);
  }
  .tag-choice span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .custom-tag {
    display: flex;
    gap: 6px;
    margin-top: 8px;
  }
  .custom-tag input {
    flex: 1;
    min-width: 0;
  }
  .custom-tag .action {
    flex: none;
  }
  .deleted {
    align-items: center;
    background: var(--crowd-sunken);
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    display: flex;
    font-size: 0.875rem;
    gap: 12px;
    justify-content: space-between;
    padding: 4px 12px;
  }
  @media (hover: none) {
    .pair-remove,
    .pair-title,
    .check,
    .passage {
      min-height: 44px;
    }
    .pair-remove {
      width: 44px;
    }
  }
  @media (forced-colors: active) {
    .pair.current,
    .tag-choice:has(:checked) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .passage,
    .pair-remove {
      border: 1px solid ButtonText;
    }
  }
`;
