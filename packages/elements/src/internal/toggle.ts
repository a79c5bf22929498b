// What checkbox, switch and radio button share. An invisible native control covers the whole element, label included: clicks,
// keys, cancelled clicks and the accessible role are the browser's own, and one click is one event.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CrowdControl } from './crowd-control.ts';

/**
 * @slot - The label.
 * @fires input - When the reviewer has changed it.
 * @fires change - After `input`.
 */
export abstract class Toggle extends CrowdControl {
  /** The key under the name in the answer. */
  @property({ useDefault: true }) value = 'on';

  @query('#control') protected readonly control!: HTMLInputElement | null;
  #checked = false;
  #initial = false;

  /** On at the start; for scripts the state, the native control's own, so that it is right inside click listeners. */
  @property({ type: Boolean, reflect: true })
  get checked(): boolean {
    return this.control?.checked ?? this.#checked;
  }
  set checked(checked: boolean) {
    this.#checked = Boolean(checked);
    if (this.control) this.control.checked = this.#checked;
    this.checkedChanged(this.#checked);
  }

  constructor() {
    super();
    this.addEventListener('click', (event) => this.#onClick(event), { capture: true });
  }

  get _submittableValue(): unknown {
    return { [this.value || 'on']: this.checked };
  }

  protected override get draftKey(): string {
    return this.value || 'on';
  }

  protected override draft(): unknown {
    return this.checked === this.#initial && !this.drafts.isTouched ? undefined : this.checked;
  }

  protected override resume(state: unknown): boolean {
    if (typeof state !== 'boolean') return false;
    this.checked = state;
    return true;
  }

  protected override get formValue(): string | null {
    return this.checked ? this.value || 'on' : null;
  }

  /** A click on the element is a click on the native control inside. */
  override click(): void {
    if (this.control) this.control.click();
    else super.click();
  }

  /** Called whenever the state is set, by script or by the worker. */
  protected checkedChanged(_checked: boolean): void {}

  protected override restore(): void {
    this.checked = this.#initial;
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.#initial = this.#checked;
  }

  protected override firstUpdated(): void {
    if (this.control) this.control.checked = this.#checked;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
  }

  /** Clicks that do not come from the native control: made by script, or by a label that belongs to the element. */
  #onClick(event: Event): void {
    if (this.inactive) {
      event.stopImmediatePropagation();
      return;
    }
    if (event.composedPath()[0] !== this) return;
    this.setByWorker(this.nextState());
  }

  protected nextState(): boolean {
    return !this.checked;
  }

  protected setByWorker(checked: boolean): void {
    if (checked === this.checked) return;
    this.checked = checked;
    this.edited();
    this.announce('input');
    this.announce('change');
  }

  protected onInput(): void {
    const checked = this.control?.checked ?? false;
    this.#checked = checked;
    this.requestUpdate('checked', !checked);
    this.checkedChanged(checked);
    this.edited();
  }

  protected renderToggle(
    type: 'checkbox' | 'radio',
    mark: TemplateResult,
    role?: string,
    tabIndex = 0,
  ): TemplateResult {
    const bare = !this.textContent?.trim();
    return html`
      <span class="toggle">
        <input
          id="control"
          type=${type}
          role=${role ?? nothing}
          tabindex=${tabIndex}
          aria-label=${bare ? this.outerLabel || this.value || nothing : nothing}
          aria-describedby="complaint"
          aria-invalid=${this.complaint ? 'true' : nothing}
          ?disabled=${this.inactive}
          ?required=${this.required && type === 'checkbox'}
          @input=${this.onInput}
          @change=${() => this.announce('change')}
        />
        ${mark}
        <label for="control"><slot @slotchange=${() => this.requestUpdate()}></slot></label>
      </span>
      ${this.renderComplaint()}
    `;
  }
}
