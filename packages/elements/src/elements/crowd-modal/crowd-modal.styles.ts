import { css } from 'lit';

export const modalStyles = css`
  :host {
    display: inline;
  }
  dialog {
    width: min(92vw, 520px);
  }
  dialog.large {
    width: min(92vw, 900px);
    max-width: none;
  }
  dialog.fullscreen {
    height: calc(100dvh - 16px);
    max-height: none;
    max-width: none;
    width: calc(100vw - 16px);
  }
  .dialog-body {
    flex: 1;
  }
`;
