import { css } from 'lit';

export const tabStripStyles = css`
  .tabs {
    border-bottom: 1px solid var(--crowd-line);
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .tab {
    background: none;
    border: 0;
    border-bottom: 3px solid transparent;
    cursor: pointer;
    max-width: 100%;
    min-height: 44px;
    overflow-wrap: anywhere;
    padding: 8px 12px;
  }
  .tab:hover {
    color: var(--crowd-accent-hover);
  }
  .tab[aria-selected='true'] {
    border-bottom-color: var(--crowd-accent);
    color: var(--crowd-accent);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .tab {
      border-bottom-color: Canvas;
    }
    .tab[aria-selected='true'] {
      border-bottom-color: Highlight;
    }
  }
`;
