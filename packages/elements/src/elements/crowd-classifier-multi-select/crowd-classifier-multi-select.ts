import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { classifierStyles } from '../../internal/classifier.styles.ts';
import { ClassifierBase } from '../../internal/classifier-base.ts';
import type { Problem } from '../../internal/crowd-control.ts';
import { dialogStyles } from '../../internal/dialog.styles.ts';
import { instructionsStyles } from '../../internal/instructions.styles.ts';
import { parseJsonAttribute } from '../../internal/json-attribute.ts';
import { messages } from '../../internal/messages.ts';
import { isPlainObject } from '../../internal/sorted-json.ts';

/**
 * Several categories for any content. The answer is `{ labels }` in the order of the categories; at least one must be
 * chosen, or the exclusion category, which gives no labels.
 *
 * @attr required - Changes nothing: a choice is needed in any case.
 * @attr initial-value - The categories that are chosen at the start: a list of texts, or one text.
 * @attr exclusion-category - `{ text: '…' }`: an option that stands for none of them; it clears and disables the others.
 */
export class CrowdClassifierMultiSelect extends ClassifierBase {
  static override styles = [base, dialogStyles, instructionsStyles, classifierStyles];

  #chosen: ReadonlySet<string> | undefined;
  #excluded = false;
  protected override readonly optionType = 'checkbox';

  /** The chosen categories, in their order. */
  @property({ attribute: false })
  get value(): string[] {
    const chosen = this.#chosen ?? this.#initial;
    return this.#isExcluded ? [] : this.options.filter((option) => option !== this.exclusion && chosen.has(option));
  }
  set value(value: readonly string[] | null | undefined) {
    this.#chosen = new Set(value ?? []);
    this.#excluded = false;
  }

  /** No document shows the answer for the exclusion category: no labels, as the moderation task has it. */
  get _submittableValue(): unknown {
    return this.value.length > 0 || this.#isExcluded ? { labels: this.value, ...this.target?.answer } : undefined;
  }

  protected override get choice(): unknown {
    return this.#chosen && { labels: [...this.#chosen], isExcluded: this.#excluded };
  }

  protected override set choice(choice: unknown) {
    const { labels, isExcluded } = isPlainObject(choice) ? choice : {};
    this.#chosen = Array.isArray(labels) ? new Set(labels.map(String)) : undefined;
    this.#excluded = isExcluded === true;
  }

  get #isExcluded(): boolean {
    return this.#excluded && this.exclusion !== '';
  }

  get #initial(): ReadonlySet<string> {
    const text = this.initialValue ?? '';
    const { value } = { value: undefined, ...parseJsonAttribute(text) };
    return new Set(Array.isArray(value) ? value.map(String) : [typeof value === 'string' ? value : text]);
  }

  protected override problem(): Problem | undefined {
    if (this.value.length > 0 || this.#isExcluded) return undefined;
    return {
      flag: 'valueMissing',
      message: this.options.length > 0 ? messages.chooseCategories : messages.noCategories,
    };
  }

  protected override restore(): void {
    this.#chosen = undefined;
    this.#excluded = false;
    this.requestUpdate();
  }

  protected override isChosen(option: string): boolean {
    return option === this.exclusion ? this.#isExcluded : this.value.includes(option);
  }

  protected override isOptionDisabled(option: string): boolean {
    return this.inactive || (this.#isExcluded && option !== this.exclusion);
  }

  protected override choose(option: string): void {
    if (option === this.exclusion) {
      const excluded = !this.#isExcluded;
      this.value = [];
      this.#excluded = excluded;
      return;
    }
    const chosen = new Set(this.value);
    if (!chosen.delete(option)) chosen.add(option);
    this.value = [...chosen];
  }
}
