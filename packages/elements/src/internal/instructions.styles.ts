import { css } from 'lit';

export const instructionsStyles = css`
  .layout {
    align-items: start;
    display: flex;
    gap: 24px;
  }
  .content {
    flex: 1 1 0;
    min-width: 0;
  }
  .awsui-app-layout__navigation {
    background: var(--crowd-sunken);
    border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius);
    color: var(--crowd-text);
    flex: none;
    max-height: calc(100vh - 24px);
    max-width: 60vw;
    overflow: auto;
    overflow-wrap: break-word;
    padding: 12px 16px 16px;
    position: sticky;
    resize: horizontal;
    top: 12px;
    width: 300px;
  }
  .pane-title {
    font-size: 1rem;
    font-weight: 600;
    margin: 0 0 8px;
  }
  .full-link {
    margin-top: 12px;
  }
  .toggle {
    align-items: center;
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    cursor: pointer;
    flex: none;
    min-height: 36px;
    padding: 4px 12px;
  }
  .toggle:hover,
  .toggle[aria-expanded='true'] {
    background: var(--crowd-accent-soft);
  }
  .bar {
    margin-bottom: 12px;
  }
  @media (max-width: 700px) {
    .layout {
      align-items: stretch;
      flex-direction: column;
      gap: 16px;
    }
    .content {
      flex: none;
    }
    .awsui-app-layout__navigation {
      max-height: none;
      max-width: none;
      position: static;
      resize: none;
      width: auto;
    }
  }
`;
