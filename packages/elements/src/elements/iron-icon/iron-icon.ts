import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { iconOrPicture } from '../../internal/icons.ts';

/** An icon by its name, for decoration only. Templates often write it without an end tag, so that it shows its content too. */
export class IronIcon extends CrowdElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline;
      }
      .icon {
        display: inline-flex;
        height: var(--iron-icon-height, 24px);
        vertical-align: middle;
        width: var(--iron-icon-width, 24px);
      }
      .icon > * {
        height: 100%;
        width: 100%;
      }
    `,
  ];

  /** A name of the iron-icons set, with or without the name of the set. */
  @property() icon = '';
  /** The address of a picture instead of a name. */
  @property() src = '';

  protected override render() {
    const value = this.src || this.icon;
    return html`<span class="icon" part="icon" aria-hidden="true">${iconOrPicture(value)}</span><slot></slot>`;
  }
}
