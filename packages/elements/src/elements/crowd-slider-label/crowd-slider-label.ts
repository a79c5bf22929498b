import { css, html, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';

/**
 * A tick label of the `crowd-slider` around it, below the value `position`.
 *
 * @slot - The text of the label.
 */
export class CrowdSliderLabel extends CrowdElement {
  static override styles = [
    base,
    css`
      :host {
        font-size: 0.8125em;
        inset-inline-start: calc(var(--at, 0) * 100%);
        line-height: 1.3;
        max-width: calc(var(--room, 100) * 1%);
        overflow-wrap: anywhere;
        position: absolute;
        text-align: center;
        top: 0;
        /* The first starts and the last ends with the bar, so that neither is cut off at the edge of the page. */
        transform: translateX(calc(var(--at, 0) * -100%));
        width: max-content;
      }
      :host(:dir(rtl)) {
        transform: translateX(calc(var(--at, 0) * 100%));
      }
    `,
  ];

  /** Where on the scale the label stands. */
  @property({ type: Number }) position = 0;

  protected override updated(changed: PropertyValues): void {
    if (changed.has('position')) this.closest<CrowdElement>('crowd-slider')?.requestUpdate?.();
  }

  protected override render() {
    return html`<slot></slot>`;
  }
}
