import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { classifierStyles } from '../../internal/classifier.styles.ts';
import { ClassifierBase } from '../../internal/classifier-base.ts';
import type { Problem } from '../../internal/crowd-control.ts';
import { dialogStyles } from '../../internal/dialog.styles.ts';
import { instructionsStyles } from '../../internal/instructions.styles.ts';
import { parseJsonAttribute } from '../../internal/json-attribute.ts';
import { messages } from '../../internal/messages.ts';

/**
 * One category for any content. The answer is `{ label }`; one must be chosen before submission.
 *
 * @attr required - Changes nothing: a choice is needed in any case.
 * @attr initial-value - The category that is chosen at the start, as a text.
 */
export class CrowdClassifier extends ClassifierBase {
  static override styles = [base, dialogStyles, instructionsStyles, classifierStyles];

  /** `undefined` until the worker or a script has chosen: then the initial value counts. */
  #chosen: string | undefined;
  protected override readonly optionType = 'radio';

  /** The chosen category, or an empty text. */
  @property({ attribute: false })
  get value(): string {
    const value = this.#chosen ?? this.#initial;
    return this.options.includes(value) ? value : '';
  }
  set value(value: string | null | undefined) {
    this.#chosen = value ?? '';
  }

  get _submittableValue(): unknown {
    return this.value === '' ? undefined : { label: this.value, ...this.target?.answer };
  }

  protected override get choice(): string | undefined {
    return this.#chosen;
  }

  protected override set choice(choice: unknown) {
    this.#chosen = typeof choice === 'string' ? choice : undefined;
  }

  /** A bare text; one in quotes is accepted too. */
  get #initial(): string {
    const text = this.initialValue ?? '';
    if (this.options.includes(text)) return text;
    const { value } = { value: undefined, ...parseJsonAttribute(text) };
    return typeof value === 'string' ? value : text.trim();
  }

  protected override problem(): Problem | undefined {
    if (this.value !== '') return undefined;
    return { flag: 'valueMissing', message: this.options.length > 0 ? messages.chooseCategory : messages.noCategories };
  }

  protected override restore(): void {
    this.#chosen = undefined;
    this.requestUpdate();
  }

  protected override isChosen(option: string): boolean {
    return option === this.value;
  }

  protected override choose(option: string): void {
    this.value = option;
  }
}
