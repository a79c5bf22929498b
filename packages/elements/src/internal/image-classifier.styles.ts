import { css } from 'lit';

export const imageClassifierStyles = css`
  .picture-bar {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 8px 20px;
    margin-bottom: 8px;
  }
  .picture-zoom {
    display: flex;
    gap: 6px;
  }
  .picture-zoom svg {
    display: block;
  }
  .picture-view {
    background: var(--crowd-sunken);
    border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius);
    max-height: var(--crowd-picture-height, max(320px, calc(100vh - 160px)));
    overflow: auto;
    text-align: center;
  }
  .picture-frame {
    display: inline-block;
    max-width: 100%;
    position: relative;
    vertical-align: top;
  }
  .picture-frame.zoomed {
    max-width: none;
  }
  .picture {
    display: block;
    image-orientation: none;
    max-height: calc(var(--crowd-picture-height, max(320px, calc(100vh - 160px))) - 2px);
    max-width: 100%;
  }
  .zoomed .picture {
    max-height: none;
    width: 100%;
  }
  .picture-note,
  .picture-word {
    color: var(--crowd-muted);
    font-size: 0.875rem;
    margin: 4px 0;
  }
  .overlay,
  .mask {
    height: 100%;
    left: 0;
    pointer-events: none;
    position: absolute;
    top: 0;
    width: 100%;
  }
  .overlay {
    forced-color-adjust: none;
    overflow: hidden;
  }
  .mask {
    image-rendering: pixelated;
  }
  .overlay:has(.unread) {
    mix-blend-mode: multiply;
  }
  .box {
    border: 2px solid var(--color);
    box-shadow: 0 0 0 1px rgb(255 255 255 / 70%), inset 0 0 0 1px rgb(0 0 0 / 50%);
    position: absolute;
    text-align: left;
  }
  .tag {
    background: #fff;
    border-left: 4px solid var(--color);
    color: #18212b;
    display: block;
    font-size: 0.75rem;
    left: 0;
    line-height: 1.3;
    max-width: 16em;
    overflow: hidden;
    padding: 0 4px;
    position: absolute;
    text-overflow: ellipsis;
    top: 0;
    white-space: nowrap;
  }
  .tag:empty {
    display: none;
  }
  .opacity {
    align-items: center;
    display: flex;
    font-size: 0.875rem;
    gap: 8px;
  }
  .opacity input {
    accent-color: var(--crowd-accent);
    height: 32px;
    margin: 0;
    width: 110px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    font-size: 0.875rem;
    gap: 4px 14px;
    list-style: none;
    margin: 0;
    max-height: 6em;
    overflow: auto;
    padding: 0;
  }
  .legend li {
    align-items: center;
    display: flex;
    gap: 6px;
    overflow-wrap: anywhere;
  }
  .legend .count {
    color: var(--crowd-muted);
  }
  .swatch {
    border: 1px solid var(--crowd-line-strong);
    border-radius: 3px;
    flex: none;
    forced-color-adjust: none;
    height: 14px;
    width: 14px;
  }
  .comment-link {
    margin: 12px 3px 0;
  }
  .comment-text {
    border-inline-start: 3px solid var(--crowd-line-strong);
    font-size: 0.875rem;
    margin: 4px 0 0;
    max-height: 8em;
    overflow: auto;
    overflow-wrap: anywhere;
    padding-inline-start: 8px;
    white-space: pre-wrap;
  }
  .comment {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    color: var(--crowd-text);
    display: block;
    margin-block: 12px;
    padding: 8px 12px;
    width: 100%;
  }
  .comment::placeholder {
    color: var(--crowd-muted);
    opacity: 1;
  }
  .toggle.done {
    background: var(--crowd-accent);
    border-color: var(--crowd-accent);
    color: var(--crowd-on-accent);
    font-weight: 600;
    min-height: 40px;
    padding-inline: 20px;
  }
  .toggle.done:hover {
    background: var(--crowd-accent-hover);
  }
  @media (max-width: 700px) {
    .picture-view {
      max-height: var(--crowd-picture-height, 70vh);
    }
    .picture:not(.zoomed *) {
      max-height: var(--crowd-picture-height, calc(70vh - 2px));
    }
  }
`;
