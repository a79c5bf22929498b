import { css } from '../../base.ts';

export const imageStyles = css`
  .stage {
    background: repeating-conic-gradient(var(--crowd-sunken) 0 25%, var(--crowd-surface) 0 50%) 0 0 / 24px 24px;
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius);
    cursor: crosshair;
    height: var(--crowd-stage-height, clamp(320px, calc(100vh - 280px), 1400px));
    overflow: hidden;
    position: relative;
    touch-action: none;
    user-select: none;
  }
  .stage.moving {
    cursor: grab;
  }
  .stage.moving:active {
    cursor: grabbing;
  }
  .picture,
  .upper-canvas {
    image-orientation: none;
    left: 0;
    max-height: none;
    max-width: none;
    pointer-events: none;
    position: absolute;
    top: 0;
    transform-origin: 0 0;
  }
  .shapes {
    height: 100%;
    left: 0;
    overflow: visible;
    pointer-events: none;
    position: absolute;
    top: 0;
    width: 100%;
  }
  .picture-state {
    align-items: center;
    background: var(--crowd-surface);
    display: flex;
    flex-direction: column;
    gap: 8px;
    inset: 0;
    justify-content: center;
    padding: 16px;
    position: absolute;
    text-align: center;
  }
  .picture-state p {
    margin: 0;
  }
  .picture-note {
    background: var(--crowd-warn-soft);
    bottom: 0;
    color: var(--crowd-warn);
    font-size: 0.8125rem;
    inset-inline: 0;
    margin: 0;
    padding: 4px 12px;
    pointer-events: none;
    position: absolute;
    z-index: 1;
  }
  .hint {
    background: #18212b;
    border: 1px solid #fff;
    border-radius: var(--crowd-radius-small);
    color: #fff;
    font-size: 0.875rem;
    inset-inline: 12px;
    margin: 0 auto;
    padding: 6px 12px;
    pointer-events: none;
    position: absolute;
    top: 12px;
    width: fit-content;
    z-index: 2;
  }
  .cursor {
    forced-color-adjust: none;
    height: 0;
    left: 0;
    pointer-events: none;
    position: absolute;
    top: 0;
    width: 0;
  }
  .cursor::before,
  .cursor::after {
    background: #fff;
    box-shadow: 0 0 0 1px #000;
    content: '';
    position: absolute;
  }
  .cursor::before {
    height: 1px;
    left: -14px;
    width: 28px;
  }
  .cursor::after {
    height: 28px;
    top: -14px;
    width: 1px;
  }
  @container crowd-tool (width < 700px) {
    .stage {
      height: var(--crowd-stage-height, clamp(260px, 50vh, 700px));
    }
  }
`;
