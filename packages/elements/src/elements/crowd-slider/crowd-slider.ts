import { html, nothing, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdControl } from '../../internal/crowd-control.ts';
import { messages } from '../../internal/messages.ts';
import type { CrowdSliderLabel } from '../crowd-slider-label/crowd-slider-label.ts';
import { sliderStyles } from './crowd-slider.styles.ts';

/**
 * Chooses a number between `min` and `max`, which is in the answer as a number. It always has a value, so `required` blocks
 * nothing. `crowd-slider-label` children are tick labels.
 *
 * @attr required - Changes nothing.
 * @slot - `crowd-slider-label` elements.
 * @fires input - While the knob moves.
 * @fires change - When it stands.
 */
export class CrowdSlider extends CrowdControl {
  static override styles = [base, sliderStyles];

  /** The lower end of the scale. */
  @property({ type: Number }) min = 0;
  /** The upper end of the scale. */
  @property({ type: Number }) max = 100;
  /** The distance of the numbers. */
  @property({ type: Number }) step = 1;
  /** Shows the value above the knob while it moves. */
  @property({ type: Boolean }) pin = false;
  /** Adds a field to type the number into. */
  @property({ type: Boolean }) editable = false;
  /** The end of a second bar; its colour is `--crowd-slider-secondary-color`. */
  @property({ type: Number, attribute: 'secondary-progress' }) secondaryProgress = Number.NaN;

  @query('#control') private readonly control!: HTMLInputElement | null;
  #value: number | undefined;
  /** Labels of several lines need as much below the bar. */
  readonly #heights = new ResizeObserver(() => requestAnimationFrame(() => this.#makeRoom()));

  /** Where it stands at the start, `min` if not given; within the limits and on a step. */
  @property({ type: Number })
  get value(): number {
    return this.#fit(this.#value ?? this.#least);
  }
  set value(value: number | string | null | undefined) {
    const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
    this.#value = Number.isFinite(number) ? number : undefined;
  }

  get _submittableValue(): unknown {
    return this.value;
  }

  protected override problem(): undefined {
    return undefined;
  }

  protected override restore(): void {
    this.value = this.getAttribute('value');
  }

  protected override draft(): unknown {
    const given = this.getAttribute('value');
    const first = this.#fit(
      given === null || given === '' || Number.isNaN(Number(given)) ? this.#least : Number(given),
    );
    return this.value === first && !this.drafts.isTouched ? undefined : this.value;
  }

  protected override resume(state: unknown): boolean {
    if (typeof state !== 'number') return false;
    this.value = state;
    return true;
  }

  get #least(): number {
    return Number.isFinite(this.min) ? this.min : 0;
  }

  get #most(): number {
    return Math.max(this.#least, Number.isFinite(this.max) ? this.max : 100);
  }

  get #stride(): number {
    return this.step > 0 ? this.step : 1;
  }

  /** Rounds in decimal, so that 3 steps of 0.1 are 0.3. */
  #fit(value: number): number {
    const [least, most, stride] = [this.#least, this.#most, this.#stride];
    const steps = Math.min(Math.round((value - least) / stride), Math.floor((most - least) / stride + 1e-9));
    const digits = Math.max(decimals(stride), decimals(least));
    return Number((least + Math.max(0, steps) * stride).toFixed(digits));
  }

  #share(value: number): number {
    const range = this.#most - this.#least;
    return range === 0 ? 0 : Math.min(1, Math.max(0, (value - this.#least) / range));
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // After the limits, which would cut the value off otherwise.
    if (this.control) this.control.value = String(this.value);
    this.#placeLabels();
  }

  get #labels(): CrowdSliderLabel[] {
    return [...this.querySelectorAll<CrowdSliderLabel>(':scope > crowd-slider-label')];
  }

  /** Each below its value and, so that none covers its neighbour, no wider than the room between two. */
  #placeLabels(): void {
    const labels = this.#labels;
    this.#heights.disconnect();
    for (const label of labels) {
      label.style.setProperty('--at', String(this.#share(label.position || 0)));
      label.style.setProperty('--room', String(95 / labels.length));
      this.#heights.observe(label);
    }
  }

  /** In a frame of its own: sizes that change while others are told are an error in the console. */
  #makeRoom(): void {
    const height = Math.max(0, ...this.#labels.map((label) => label.offsetHeight));
    this.renderRoot.querySelector<HTMLElement>('.ticks')?.style.setProperty('--labels', `${height}px`);
  }

  /** The text at the present value, if there is one: it says more than the number. */
  get #valueText(): string | typeof nothing {
    const label = this.#labels.find(({ position }) => position === this.value)?.textContent?.trim();
    return label && label !== String(this.value) ? `${this.value}, ${label}` : nothing;
  }

  #onInput(): void {
    this.value = this.control?.value;
    this.edited();
  }

  #onKey(event: KeyboardEvent): void {
    const direction = { PageUp: 1, PageDown: -1 }[event.key];
    if (!direction || this.inactive) return;
    event.preventDefault();
    this.#set(this.value + direction * 10 * this.#stride);
  }

  #set(value: number): void {
    const before = this.value;
    this.value = value;
    if (this.value === before) return;
    this.edited();
    this.announce('input');
    this.announce('change');
  }

  #onNumber(event: Event): void {
    const field = event.currentTarget as HTMLInputElement;
    if (field.value !== '') this.#set(Number(field.value));
    field.value = String(this.value);
  }

  protected override render() {
    const value = this.value;
    const label = this.outerLabel || this.name || messages.numberField;
    const places = {
      '--at': String(this.#share(value)),
      '--secondary': `${this.#share(this.secondaryProgress) * 100}%`,
    };
    return html`
      <div class="row" style=${styleMap(places)}>
        <div class="track">
          <span class="bar"></span>
          ${Number.isFinite(this.secondaryProgress) ? html`<span class="secondary"></span>` : nothing}
          <span class="done"></span>
          <input
            id="control"
            part="slider"
            type="range"
            min=${this.#least}
            max=${this.#most}
            step=${this.#stride}
            aria-label=${label}
            aria-valuetext=${this.#valueText}
            aria-describedby="complaint"
            aria-invalid=${this.complaint ? 'true' : nothing}
            ?disabled=${this.inactive}
            @keydown=${this.#onKey}
            @input=${this.#onInput}
            @change=${() => this.announce('change')}
          />
          ${this.pin ? html`<output class="pin" for="control" aria-hidden="true">${value}</output>` : nothing}
          <span class="ticks ${this.querySelector('crowd-slider-label') ? 'labelled' : ''}"><slot @slotchange=${() => this.requestUpdate()}></slot></span>
        </div>
        ${
          this.editable
            ? html`<input class="number" type="number" min=${this.#least} max=${this.#most} step=${this.#stride}
                aria-label=${label} .value=${String(value)} ?disabled=${this.inactive}
                @input=${(event: Event) => event.stopPropagation()} @change=${this.#onNumber} />`
            : nothing
        }
      </div>
      ${this.renderComplaint()}
    `;
  }
}

function decimals(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).toLowerCase().split('e');
  return Math.min(20, Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent)));
}
