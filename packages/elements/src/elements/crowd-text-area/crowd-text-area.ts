import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { base } from '../../internal/base.styles.ts';
import { textControlStyles } from '../../internal/text-control.styles.ts';
import { TextControl } from '../../internal/text-control.ts';
import { textAreaStyles } from './crowd-text-area.styles.ts';

/**
 * A multi-line text field that grows with its text. Adds the text to the answer, nothing when it is empty.
 *
 * @attr value - What stands in the field at the start; content between the tags does not count.
 */
export class CrowdTextArea extends TextControl {
  static override styles = [base, textControlStyles, textAreaStyles];

  /** Height in lines at the start. */
  @property({ type: Number }) rows = 1;
  /** Height in lines up to which it grows; without it there is no limit. */
  @property({ type: Number, attribute: 'max-rows' }) maxRows = Number.NaN;
  /** Counts the characters below the field. */
  @property({ type: Boolean, attribute: 'char-counter' }) charCounter = false;

  protected override readonly type = 'textarea';

  /** Line breaks are single line feeds, as in a native text area. */
  override get _submittableValue(): unknown {
    return this.value === '' ? undefined : this.value.replace(/\r\n?/g, '\n');
  }

  protected override render() {
    const rows = this.rows >= 1 ? this.rows : 1;
    const field = html`<textarea
      id="field"
      part="textarea"
      rows=${rows}
      style=${styleMap({ '--rows': String(rows), '--max-rows': this.maxRows >= 1 ? String(Math.max(rows, this.maxRows)) : '10000' })}
      placeholder=${this.placeholder || ' '}
      maxlength=${this.maxLength >= 0 ? this.maxLength : nothing}
      aria-label=${this.accessibleLabel}
      aria-describedby="complaint"
      aria-invalid=${this.complaint ? 'true' : nothing}
      aria-required=${this.required ? 'true' : nothing}
      ?disabled=${this.inactive}
      ?readonly=${this.readOnly}
      @input=${this.onInput}
      @change=${this.onChange}
    ></textarea>`;
    const length = [...this.value].length;
    const counter = this.charCounter
      ? html`<div class="counter">${this.maxLength >= 0 ? `${length} / ${this.maxLength}` : length}</div>`
      : nothing;
    return this.renderFrame(field, counter);
  }
}
