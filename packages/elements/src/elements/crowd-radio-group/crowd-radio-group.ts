import { html } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdControl, type Problem } from '../../internal/crowd-control.ts';
import { messages } from '../../internal/messages.ts';
import type { CrowdRadioButton } from '../crowd-radio-button/crowd-radio-button.ts';
import { radioGroupStyles } from './crowd-radio-group.styles.ts';

/**
 * Makes the radio buttons below it, at any depth, exclude each other. It adds nothing to the answer: the buttons do, each
 * under its own name. `required` on it or on any button blocks submission until one is chosen (an extension of ours).
 *
 * @attr name - Nothing: the buttons have names.
 * @attr required - Blocks submission until one is chosen.
 * @attr disabled - None of its buttons can be used; they still answer.
 * @slot - `crowd-radio-button` elements, at any depth.
 */
export class CrowdRadioGroup extends CrowdControl {
  static override styles = [base, radioGroupStyles];
  static override shadowRootOptions = { ...CrowdControl.shadowRootOptions, delegatesFocus: false };

  /** A second click takes the choice back. */
  @property({ type: Boolean, attribute: 'allow-empty-selection' }) allowEmptySelection = false;

  constructor() {
    super();
    this.addEventListener('keydown', (event) => this.#onKey(event));
    this.addEventListener('change', () => this.edited());
  }

  get _submittableValue(): undefined {
    return undefined;
  }

  get buttons(): CrowdRadioButton[] {
    return [...this.querySelectorAll<CrowdRadioButton>('crowd-radio-button')].filter((button) => button.group === this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasAttribute('role')) this.setAttribute('role', 'radiogroup');
    queueMicrotask(() => this.buttonsChanged());
  }

  override focus(options?: FocusOptions): void {
    this.buttons.find((button) => button.tabStop)?.focus(options);
  }

  /** Called by a button that was chosen. */
  uncheckOthers(chosen: CrowdRadioButton): void {
    for (const button of this.buttons) if (button !== chosen && button.checked) button.checked = false;
    this.buttonsChanged();
  }

  /** Keeps one tab stop: the chosen button, else the first that can be chosen. */
  buttonsChanged(): void {
    const usable = this.buttons.filter((button) => !button.disabled);
    const stop = usable.find((button) => button.checked) ?? usable[0];
    for (const button of this.buttons) {
      button.tabStop = button === stop;
      button.groupDisabled = this.inactive;
    }
    this.requestUpdate();
  }

  protected override problem(): Problem | undefined {
    const buttons = this.buttons;
    const required = this.required || buttons.some((button) => button.required);
    if (!required || buttons.some((button) => button.checked)) return undefined;
    return { flag: 'valueMissing', message: messages.chooseRadio };
  }

  /** The buttons restore themselves. */
  protected override restore(): void {}

  protected override willUpdate(): void {
    for (const button of this.buttons) button.groupDisabled = this.inactive;
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const usable = this.buttons.filter((button) => !button.inactive);
    const at = usable.findIndex((button) => event.composedPath().includes(button));
    if (at < 0) return;
    event.preventDefault();
    const next = usable[(at + step + usable.length) % usable.length];
    if (!next || next === usable[at]) return;
    next.focus();
    next.click();
  }

  protected override render() {
    return html`<slot @slotchange=${this.buttonsChanged}></slot>${this.renderComplaint()}`;
  }
}
