import { html } from 'lit';
import { base } from '../../internal/base.styles.ts';
import type { Problem } from '../../internal/crowd-control.ts';
import { icon } from '../../internal/icons.ts';
import { messages } from '../../internal/messages.ts';
import { toggleStyles } from '../../internal/toggle.styles.ts';
import { Toggle } from '../../internal/toggle.ts';
import { checkboxStyles } from './crowd-checkbox.styles.ts';

/**
 * A checkbox with its label as content. Adds `{ [value]: boolean }` to the answer; boxes of one name are merged.
 *
 * @attr required - Blocks submission until it is ticked.
 */
export class CrowdCheckbox extends Toggle {
  static override styles = [base, toggleStyles, checkboxStyles];

  protected override problem(): Problem | undefined {
    return this.required && !this.checked ? { flag: 'valueMissing', message: messages.tick } : undefined;
  }

  protected override render() {
    return this.renderToggle(
      'checkbox',
      html`<span class="mark" part="mark" aria-hidden="true">${icon('check')}</span>`,
    );
  }
}
