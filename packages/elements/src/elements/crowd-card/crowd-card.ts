import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { cardStyles } from './crowd-card.styles.ts';

/**
 * A raised box around any content. Its width and padding belong to the page's style.
 *
 * @slot - Any content, controls of the form included.
 */
export class CrowdCard extends CrowdElement {
  static override styles = [base, cardStyles];

  /** A heading at the top. */
  @property() heading = '';
  /** The address of a picture at the top. */
  @property() image = '';
  /** What the picture shows. */
  @property() alt = '';

  protected override render() {
    return html`
      ${this.image ? html`<img class="picture" part="image" src=${this.image} alt=${this.alt} />` : nothing}
      ${this.heading ? html`<div class="heading" part="heading" role="heading" aria-level="3">${this.heading}</div>` : nothing}
      <slot></slot>
    `;
  }
}
