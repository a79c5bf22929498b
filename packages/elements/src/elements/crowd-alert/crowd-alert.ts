import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { icon } from '../../internal/icons.ts';
import { messages } from '../../internal/messages.ts';
import { alertStyles } from './crowd-alert.styles.ts';

const icons = { info: 'info', success: 'success', warning: 'report-problem', error: 'error' } as const;

/**
 * A message in a box; often put in by a template's script.
 *
 * @slot - The message.
 */
export class CrowdAlert extends CrowdElement {
  static override styles = [base, alertStyles];

  /** Its looks: `info`, `success`, `warning` or `error`; warnings and errors are read out at once. */
  @property() type: string = 'info';
  /** Adds a button that removes the element. */
  @property({ type: Boolean }) dismissible = false;
  /** A script hides the message with `false`, or by taking the attribute away; templates that never name it show it. */
  @property({ type: Boolean }) visible = true;

  readonly #internals = this.attachInternals();

  protected override willUpdate(): void {
    if (this.visible) this.#internals.states.delete('hidden');
    else this.#internals.states.add('hidden');
  }

  protected override render() {
    // Shown again, it is told again.
    if (!this.visible) return nothing;
    const kind = Object.hasOwn(icons, this.type) ? (this.type as keyof typeof icons) : 'info';
    return html`<div class="alert ${kind}" part="alert" role=${kind === 'warning' || kind === 'error' ? 'alert' : 'status'}>
      ${icon(icons[kind])}
      <div class="text"><slot></slot></div>
      ${
        this.dismissible
          ? html`<button class="close" type="button" aria-label=${messages.close} @click=${() => this.remove()}>${icon('close')}</button>`
          : nothing
      }
    </div>`;
  }
}
