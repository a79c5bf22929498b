import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';

/** A tick label of the `crowd-slider` around it, below the value `position`. */
export class CrowdSliderLabel extends CrowdElement {
  static override styles = [
    base,
    css`
      :host {
        font-size: 0.8125em;
        inset-inline-start: calc(var(--at, 0) * 100%);
        position: absolute;
        top: 0;
        transform: translateX(-50%);
        white-space: nowrap;
      }
      :host(:dir(rtl)) {
        transform: translateX(50%);
      }
    `,
  ];

  @property({ type: Number }) position = 0;

  protected override render() {
    return html`<slot></slot>`;
  }
}
