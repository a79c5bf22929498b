// A work area in which things get labels: the labels with their colours, the chosen one, and the marks to begin with.
import { CrowdWidget, property, state } from '../base.ts';
import { imageMessages } from './image/messages.ts';
import { hasEmptyLabel, type Label, labelNames, repeatedLabels } from './labels.ts';
import { paletteFor, parseColor } from './palette.ts';

/**
 * @fires input - With each committed edit.
 * @fires change - After `input`.
 */
export abstract class LabelledWidget extends CrowdWidget {
  #names: readonly string[] = [];
  #colors: readonly (string | undefined)[] = [];
  #initial: unknown;
  #paint: readonly Label[] = [];
  #byName: ReadonlyMap<string, Label> = new Map();
  /** The label that new marks get; empty when none is chosen. */
  @state() protected label = '';

  /** The labels, texts. A script can set them at any time; reading gives a copy. */
  @property()
  get labels(): string[] {
    return [...this.#names];
  }
  set labels(labels: readonly unknown[] | string | null | undefined) {
    const list = this.readJson('labels', labels);
    const names = labelNames(list);
    if (names === undefined) this.report('labels', 'it is not a list');
    this.#names = names ?? [];
    const [repeated] = repeatedLabels(list);
    if (repeated !== undefined)
      this.report('labels', `"${repeated}" is there more than once`, imageMessages.repeatedLabel(repeated));
    if (hasEmptyLabel(list)) this.report('labels', 'some have no text', imageMessages.emptyLabel);
    if (!this.#names.includes(this.label)) this.label = this.onlyLabel;
    this.#mix();
  }

  /** Colours of the first labels, as hex texts. */
  @property({ attribute: 'label-colors' })
  get labelColors(): string[] {
    return this.paint.map(({ color }) => color);
  }
  set labelColors(colors: readonly unknown[] | string | null | undefined) {
    const list = this.readJson('label-colors', colors);
    if (list !== undefined && list !== null && !Array.isArray(list)) this.report('label-colors', 'it is not a list');
    const parsed = Array.isArray(list) ? list.map(parseColor) : [];
    if (parsed.includes(undefined)) this.report('label-colors', 'some are no colours such as "#1f77b4"');
    this.#colors = parsed;
    this.#mix();
  }

  /** Marks to begin with: a list, or an object that has it under the key of the answer. */
  @property({ attribute: 'initial-value' })
  get initialValue(): unknown {
    return this.#initial;
  }
  set initialValue(value: unknown) {
    this.#initial = this.readJson('initial-value', value);
    this.initialValueChanged();
  }

  /** The labels with their colours; the same list until they change. */
  protected get paint(): readonly Label[] {
    return this.#paint;
  }

  protected hasLabel(name: string): boolean {
    return this.#byName.has(name);
  }

  protected colorOf(name: string): string {
    return this.#byName.get(name)?.color ?? '#7f7f7f';
  }

  /** Where there is but one label, nobody has to choose it. */
  protected get onlyLabel(): string {
    return this.#names.length === 1 ? this.#names[0]! : '';
  }

  /** Labels or their colours have changed: marks without a label are neither shown nor part of the answer. */
  protected labelsChanged(): void {}
  protected abstract initialValueChanged(): void;

  #mix(): void {
    const colors = paletteFor(this.#names.length, this.#colors);
    this.#paint = this.#names.map((name, index) => ({ name, color: colors[index]! }));
    this.#byName = new Map(this.#paint.map((label) => [label.name, label]));
    this.labelsChanged();
    this.requestUpdate();
  }
}
