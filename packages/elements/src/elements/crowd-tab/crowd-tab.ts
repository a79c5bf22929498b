import { css, html, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';

/**
 * One tab of the `crowd-tabs` around it, with any content. Hidden content stays in the page and in the answer.
 *
 * @slot - Any content.
 */
export class CrowdTab extends CrowdElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding-block: 12px;
      }
    `,
  ];

  /** The text of the tab. */
  @property() header = '';

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasAttribute('role') && this.parentElement?.localName === 'crowd-tabs')
      this.setAttribute('role', 'tabpanel');
  }

  protected override updated(changed: PropertyValues): void {
    const { parentElement } = this;
    if (changed.has('header') && parentElement?.localName === 'crowd-tabs')
      (parentElement as Partial<CrowdElement>).requestUpdate?.();
  }

  protected override render() {
    return html`<slot></slot>`;
  }
}
