import { html } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import type { Problem } from '../../internal/crowd-control.ts';
import { messages } from '../../internal/messages.ts';
import { toggleStyles } from '../../internal/toggle.styles.ts';
import { Toggle } from '../../internal/toggle.ts';
import { toggleButtonStyles } from './crowd-toggle-button.styles.ts';

/**
 * An on/off switch. Adds `{ [value]: boolean }` to the answer.
 *
 * @attr required - Blocks submission until it is on.
 */
export class CrowdToggleButton extends Toggle {
  static override styles = [base, toggleStyles, toggleButtonStyles];

  /** Shows the switch in an alert colour while it is off. */
  @property({ type: Boolean, reflect: true }) invalid = false;

  protected override problem(): Problem | undefined {
    return this.required && !this.checked ? { flag: 'valueMissing', message: messages.switchOn } : undefined;
  }

  protected override render() {
    return this.renderToggle('checkbox', html`<span class="mark" part="mark" aria-hidden="true"></span>`, 'switch');
  }
}
