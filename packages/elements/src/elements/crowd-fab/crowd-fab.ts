import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { roundButtonStyles } from '../../internal/round-button.styles.ts';
import { RoundButton } from '../../internal/round-button.ts';

/** A raised round button with an icon or a single character. It fires `click` and does nothing else. */
export class CrowdFab extends RoundButton {
  static override styles = [
    base,
    roundButtonStyles,
    css`
      .button,
      .button:disabled {
        background: var(--crowd-accent);
        box-shadow: 0 2px 6px rgb(16 24 32 / 30%);
        color: var(--crowd-on-accent);
        font-size: 1.25rem;
        height: 56px;
        width: 56px;
      }
      .button:is(:hover, :active):enabled {
        background: var(--crowd-accent-hover);
      }
      .button:active:enabled {
        box-shadow: none;
      }
      .button:disabled {
        background: var(--crowd-sunken);
        border-color: var(--crowd-line);
        box-shadow: none;
        color: var(--crowd-muted);
        opacity: 1;
      }
    `,
  ];

  /** A character instead of an icon; what does not fit is cut off. An icon goes before it. */
  @property() label = '';

  protected override get ownName(): string {
    return this.label || super.ownName;
  }

  /** Who reads a word on it may say that word. */
  protected override get buttonName(): string {
    const name = super.buttonName;
    return this.icon || [...this.label].length < 2 || name.includes(this.label) ? name : `${this.label}: ${name}`;
  }

  protected override renderFace(): unknown {
    return this.icon ? super.renderFace() : html`<span class="label">${this.label}</span>`;
  }
}
