import { css } from '../base.ts';
import { shellLayout } from './shell-layout.styles.ts';

export const shellStyles = css`
  :host {
    display: block;
    margin-block: 8px;
  }
  .headerContainer {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    margin-bottom: 12px;
    position: relative;
  }
  .headerButtonsContainer {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .header {
    flex: 1 1 12em;
    font-size: 1.125rem;
    font-weight: 600;
    line-height: 1.35;
    margin: 0;
    min-width: 0;
    overflow-wrap: break-word;
  }
  .header:empty {
    display: none;
  }
  paper-icon-button {
    margin-inline-start: auto;
  }
  .settings {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius);
    box-shadow: var(--crowd-shadow);
    display: grid;
    gap: 10px;
    inset-inline-end: 0;
    padding: 12px 16px;
    position: absolute;
    top: calc(100% + 4px);
    width: min(280px, 90vw);
    z-index: 3;
  }
  .settings label {
    display: grid;
    font-size: 0.875rem;
  }
  .shortcuts dl {
    display: grid;
    gap: 8px;
    margin: 0;
  }
  .shortcuts dd {
    font-size: 0.875rem;
    margin: 2px 0 0;
  }
  kbd {
    border: 1px solid var(--crowd-line);
    border-radius: 4px;
    color: var(--crowd-muted);
    font-family: inherit;
    font-size: 0.8125em;
    line-height: 1;
    padding: 3px 6px;
  }
  .side > * {
    flex: none;
  }
  .side > #complaint {
    margin: 0;
  }
  .side > #complaint:empty {
    display: none;
  }
  .side-title {
    font-size: 0.875rem;
    font-weight: 600;
    margin: 0;
  }
  .label-part,
  .mark-part {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .empty {
    color: var(--crowd-muted);
    font-size: 0.875rem;
    margin: 0;
  }
  .filter {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    padding: 6px 10px;
    width: 100%;
  }
  /* A small action beside what it is about. */
  .quiet-button {
    align-items: center;
    background: none;
    border: 0;
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-muted);
    cursor: pointer;
    display: flex;
    flex: none;
    height: 36px;
    justify-content: center;
    padding: 0;
  }
  .label-pane-content {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .label-button {
    align-items: center;
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius);
    color: var(--crowd-text);
    cursor: pointer;
    display: flex;
    flex: none;
    gap: 10px;
    min-height: 40px;
    padding: 6px 12px;
    text-align: start;
    width: 100%;
  }
  .label-button:hover:enabled {
    background: var(--crowd-sunken);
  }
  .label-button.selected {
    background: var(--crowd-accent-soft);
    border-color: var(--crowd-accent);
    box-shadow: inset 0 0 0 1px var(--crowd-accent);
  }
  .label-button:disabled {
    background: var(--crowd-sunken);
    color: var(--crowd-muted);
    cursor: default;
  }
  .swatch {
    border: 1px solid var(--crowd-line-strong);
    border-radius: 3px;
    flex: none;
    forced-color-adjust: none;
    height: 16px;
    width: 16px;
  }
  .text {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .marks {
    border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius);
    max-height: 40vh;
    min-height: 40px;
    overflow: auto;
  }
  .mark-group {
    content-visibility: auto;
    contain-intrinsic-height: auto calc(var(--rows) * 46px);
  }
  .mark {
    align-items: center;
    cursor: pointer;
    display: flex;
    font-size: 0.875rem;
    gap: 8px;
    min-height: 36px;
    padding: 4px 8px;
  }
  .mark:hover {
    background: var(--crowd-sunken);
  }
  .mark[aria-selected='true'] {
    background: var(--crowd-accent-soft);
    box-shadow: inset 3px 0 0 var(--crowd-accent);
  }
  .where {
    display: block;
    font-size: 0.75rem;
    line-height: 1.3;
    color: var(--crowd-muted);
    font-variant-numeric: tabular-nums;
  }
  .remove {
    border-radius: 4px;
    color: var(--crowd-muted);
    font-size: 1.125rem;
    line-height: 1;
    padding: 6px;
  }
  .remove:hover {
    background: var(--crowd-bad-soft);
    color: var(--crowd-bad);
  }
  .bar {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    margin-block: 10px;
  }
  .bar-group {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .action {
    align-items: center;
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    cursor: pointer;
    display: inline-flex;
    gap: 6px;
    justify-content: center;
    min-height: 36px;
    padding: 4px 12px;
  }
  .icon-only {
    min-width: 40px;
    padding: 4px 8px;
  }
  .action:hover:enabled {
    background: var(--crowd-sunken);
  }
  .action[aria-pressed='true'] {
    background: var(--crowd-accent-soft);
    border-color: var(--crowd-accent);
    box-shadow: inset 0 0 0 1px var(--crowd-accent);
  }
  .action:disabled {
    color: var(--crowd-muted);
    cursor: default;
    opacity: 0.55;
  }
  .bar .hint {
    color: var(--crowd-muted);
    flex: 1 1 14em;
    font-size: 0.875rem;
    margin: 0;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  /* Of a file that a page cannot read. */
  .address {
    display: block;
    font-family: ui-monospace, monospace;
    font-size: 0.9375em;
    margin-top: 4px;
    overflow-wrap: anywhere;
  }
  .nothing {
    align-items: center;
    cursor: pointer;
    display: inline-flex;
    gap: 8px;
    margin-inline-start: auto;
    min-height: 36px;
  }
  .nothing input {
    accent-color: var(--crowd-accent);
    height: 18px;
    margin: 0;
    width: 18px;
  }
  .unseen {
    clip-path: inset(50%);
    height: 1px;
    margin: 0;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
    width: 1px;
  }
  @media (hover: none) {
    .label-button kbd {
      display: none;
    }
    .action,
    .label-button {
      min-height: 44px;
    }
  }
  @media (forced-colors: active) {
    .label-button.selected,
    .action[aria-pressed='true'],
    .mark[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  ${shellLayout}
`;
