import { css } from 'lit';

export const classifierStyles = css`
  :host {
    display: block;
    margin-block: 8px;
  }
  .headerContainer {
    align-items: center;
    display: flex;
    gap: 16px;
    margin-bottom: 12px;
  }
  .header {
    font-size: 1.125rem;
    font-weight: 600;
    line-height: 1.35;
    margin: 0;
    min-width: 0;
    overflow-wrap: break-word;
  }
  .annotation-area {
    align-items: start;
    display: flex;
    gap: 24px;
  }
  .target {
    flex: 1 1 0;
    min-width: 0;
    overflow-wrap: break-word;
  }
  .side {
    flex: none;
    max-width: 40%;
    position: sticky;
    top: 12px;
    width: 280px;
  }
  .categories {
    display: flex;
    flex-direction: column;
    gap: 8px;
    max-height: calc(100vh - 48px);
    overflow: auto;
    padding: 3px;
  }
  .category {
    align-items: center;
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius);
    color: var(--crowd-text);
    cursor: pointer;
    display: flex;
    flex: none;
    gap: 10px;
    min-height: 44px;
    padding: 8px 12px;
    transition: background var(--crowd-ease, 0s);
  }
  .category:hover {
    background: var(--crowd-sunken);
  }
  .category.chosen {
    background: var(--crowd-accent-soft);
    border-color: var(--crowd-accent);
    box-shadow: inset 0 0 0 1px var(--crowd-accent);
  }
  .category:has(input:focus-visible) {
    outline: 2px solid var(--crowd-focus);
    outline-offset: 1px;
  }
  .category input {
    accent-color: var(--crowd-accent);
    flex: none;
    height: 18px;
    margin: 0;
    outline: none;
    width: 18px;
  }
  .category .text {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .category.off {
    color: var(--crowd-muted);
    cursor: default;
    background: var(--crowd-sunken);
  }
  .complaint:not(:empty) {
    margin-inline: 3px;
  }
  .exclusion {
    margin-top: 8px;
  }
  kbd {
    border: 1px solid var(--crowd-line);
    border-radius: 4px;
    color: var(--crowd-muted);
    font-family: inherit;
    font-size: 0.8125em;
    line-height: 1;
    padding: 4px 7px;
  }
  @media (max-width: 700px) {
    .annotation-area {
      align-items: stretch;
      flex-direction: column;
    }
    .target {
      flex: none;
    }
    .side {
      max-width: none;
      position: static;
      width: auto;
    }
    .categories {
      max-height: none;
    }
  }
  @media (hover: none) {
    kbd {
      display: none;
    }
  }
`;
