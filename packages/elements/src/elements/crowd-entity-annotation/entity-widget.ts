// The text, the labels and the spans that a template gives, and the answer that is made of them.
import { CrowdWidget, property } from '../../base.ts';
import { parseColor } from '../../tools/palette.ts';
import { CodePoints, type OffsetUnit } from '../../tools/text/code-points.ts';
import { SpanEditor } from '../../tools/text/span-editor.ts';
import type { Span, Spans } from '../../tools/text/spans.ts';
import { TextView } from '../../tools/text/text-view.ts';
import { areSameSpans, type EntityAnswer, entitiesOf, entityList, readSpans, spansOf } from './entities.ts';
import { type EntityLabel, entityLabels } from './entity-labels.ts';

/** A label that is not in the list any more. */
const gone: EntityLabel = { label: '', short: '', full: '', color: '#7f7f7f', given: undefined };

export abstract class EntityWidget extends CrowdWidget {
  protected readonly view = new TextView();
  protected readonly editor = new SpanEditor((out, into) => this.replaced(out, into));
  protected labelList: readonly EntityLabel[] = [];
  protected byLabel: ReadonlyMap<string, EntityLabel> = new Map();
  #text = '';
  #givenLabels: unknown;
  #colors: readonly (string | undefined)[] = [];
  #initial: readonly unknown[] | undefined;
  #offsetUnit: OffsetUnit = 'code-points';
  #points = new CodePoints('');
  /** What was marked at first; made when it is needed, since text and initial value come in any order. */
  #first: readonly Span[] | undefined;
  #printed = new WeakMap<Span, string>();
  #formText = { version: -1, text: '' };

  /** The text. A new one takes all marks away and begins with `initial-value` again. */
  @property()
  get text(): string {
    return this.#text;
  }
  set text(value: string | null | undefined) {
    const text = value === null || value === undefined ? '' : String(value);
    if (text === this.#text) return;
    // What was marked is marked in the other one.
    if (this.#text !== '') this.drafts.forget();
    this.#text = text;
    this.view.setText(text);
    this.#begin();
  }

  /** The labels: objects with `label`, `shortDisplayName` and `fullDisplayName`, or texts. Reading gives a fresh array. */
  @property()
  get labels(): unknown[] {
    return this.labelList.map(({ given }) => (typeof given === 'object' ? structuredClone(given) : given));
  }
  set labels(labels: readonly unknown[] | string | null | undefined) {
    this.#givenLabels = this.readJson('labels', labels);
    this.#readLabels();
  }

  /** Colours of the first labels, as hex texts. */
  @property({ attribute: 'label-colors' })
  get labelColors(): string[] {
    return this.labelList.map(({ color }) => color);
  }
  set labelColors(colors: readonly unknown[] | string | null | undefined) {
    const list = this.readJson('label-colors', colors);
    this.#colors = Array.isArray(list) ? list.map(parseColor) : [];
    this.#readLabels();
  }

  /** Spans to begin with: a list of `{ label, startOffset, endOffset }`, or an answer that has it. */
  @property({ attribute: 'initial-value' })
  get initialValue(): unknown {
    return this.#initial && structuredClone(this.#initial);
  }
  set initialValue(value: unknown) {
    const read = this.readJson('initial-value', value);
    this.#initial = entityList(read);
    const isNone = read === undefined || read === null || read === '';
    if (!isNone && this.#initial === undefined) this.report('initial-value', 'it is no list of entities');
    this.#begin();
  }

  // The documentation says "characters", which we take for Unicode code points, as programs in Python count them; no recorded
  // answer with an emoji has shown it yet.
  /** `utf-16` counts offsets as JavaScript does; else they count Unicode code points, as Python does. */
  @property({ attribute: 'offset-unit' })
  get offsetUnit(): OffsetUnit {
    return this.#offsetUnit;
  }
  set offsetUnit(unit: OffsetUnit) {
    this.#offsetUnit = unit === 'utf-16' ? unit : 'code-points';
    this.#begin();
  }

  /** The answer's object, always. */
  get value(): EntityAnswer {
    return this._submittableValue;
  }

  /**
   * The documentation shows `initialValueModified` with image tools only. We add it here too, as to all tools, and only when
   * `initial-value` was given: programs read `entities` by name, and can tell what was looked at from what was changed.
   */
  get _submittableValue(): EntityAnswer {
    const entities = entitiesOf(this.visible, this.#points);
    return this.#initial ? { entities, initialValueModified: this.#isModified } : { entities };
  }

  get #isModified(): boolean {
    return !areSameSpans(this.visible, (this.#first ?? []).filter(this.isKnown));
  }

  protected override get formValue(): string | null {
    if (this.#formText.version !== this.editor.version) {
      const texts = this.visible.map(this.#print);
      const modified = this.#initial ? `,"initialValueModified":${this.#isModified}` : '';
      this.#formText = { version: this.editor.version, text: `{"entities":[${texts.join(',')}]${modified}}` };
    }
    return this.#formText.text;
  }

  /** Of thousands of spans all but one are the same as before. */
  readonly #print = (span: Span): string => {
    const text = this.#printed.get(span) ?? JSON.stringify(entitiesOf([span], this.#points)[0]);
    this.#printed.set(span, text);
    return text;
  };

  /** Text or spans are others than before: nothing is drawn yet. */
  protected abstract begun(): void;
  protected abstract labelsRead(): void;
  /** One span has come, gone, or taken the place of another. */
  protected abstract replaced(out: Span | undefined, into: Span | undefined): void;

  protected get all(): Spans {
    if (!this.#first) {
      this.#points = new CodePoints(this.#text, this.#offsetUnit);
      this.#first = spansOf(this.#initial ?? [], this.#points);
      this.#printed = new WeakMap();
      this.editor.begin(this.view.chunks, this.#first);
    }
    return this.editor.spans;
  }

  /** Spans whose label is not in the list are neither shown nor part of the answer; they come back with their label. */
  protected get visible(): readonly Span[] {
    return this.all.ordered.filter(this.isKnown);
  }

  protected readonly isKnown = ({ label }: Span): boolean => this.byLabel.has(label);

  /** How many of the given spans are not shown: they cannot be read, lie outside the text, or have an unknown label. */
  protected get keptOut(): number {
    return (this.#initial?.length ?? 0) - (this.#first ?? []).filter(this.isKnown).length;
  }

  protected labelOf({ label }: Span): EntityLabel {
    return this.byLabel.get(label) ?? gone;
  }

  protected override restore(): void {
    this.#begin();
  }

  #begin(): void {
    this.#first = undefined;
    this.begun();
    this.drafts.begunAnew();
  }

  protected override get beginsAnew(): boolean {
    return true;
  }

  /** Positions count UTF-16 units, whatever the answer counts. */
  protected override draft(): unknown {
    if (!this.drafts.isTouched) return undefined;
    return this.all.ordered.map(({ start, end, label }) => ({ start, end, label }));
  }

  protected override resume(state: unknown): boolean {
    const spans = readSpans(state, this.#text.length);
    if (spans === undefined) return false;
    // What was marked at first is read before it gives way.
    void this.all;
    this.editor.begin(this.view.chunks, spans);
    this.begun();
    return true;
  }

  #readLabels(): void {
    const labels = entityLabels(this.#givenLabels, this.#colors);
    if (labels === undefined) this.report('labels', 'it is not a list');
    this.labelList = labels ?? [];
    this.byLabel = new Map(this.labelList.map((each) => [each.label, each]));
    this.labelsRead();
  }
}
