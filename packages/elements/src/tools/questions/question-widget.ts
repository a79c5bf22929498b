// How many questions and words a template asks for, and the tags that it offers.
import { CrowdWidget, html, nothing, property } from '../../base.ts';
import { labelNames, repeatedLabels } from '../labels.ts';
import { type Bounds, type Limits, readCount } from './limits.ts';
import { questionMessages } from './messages.ts';

export abstract class QuestionWidget extends CrowdWidget {
  #tags: readonly string[] = [];
  #allowsCustomTags = false;
  readonly #counts = new Map<string, number>();

  /** How many questions are needed; 1 without it. */
  @property({ attribute: 'min-questions' })
  get minQuestions(): number {
    return this.#counts.get('min-questions') ?? 1;
  }
  set minQuestions(count: number | string | null | undefined) {
    this.#setCount('min-questions', count);
  }

  /** How many questions may be written; any number without it. */
  @property({ attribute: 'max-questions' })
  get maxQuestions(): number {
    return this.#counts.get('max-questions') ?? Number.POSITIVE_INFINITY;
  }
  set maxQuestions(count: number | string | null | undefined) {
    this.#setCount('max-questions', count);
  }

  /** How many words a question has at least; 1 without it. */
  @property({ attribute: 'question-min-words' })
  get questionMinWords(): number {
    return this.#counts.get('question-min-words') ?? 1;
  }
  set questionMinWords(count: number | string | null | undefined) {
    this.#setCount('question-min-words', count);
  }

  /** How many words a question has at most. */
  @property({ attribute: 'question-max-words' })
  get questionMaxWords(): number {
    return this.#counts.get('question-max-words') ?? Number.POSITIVE_INFINITY;
  }
  set questionMaxWords(count: number | string | null | undefined) {
    this.#setCount('question-max-words', count);
  }

  /** How many words an answer has at least; 1 without it. */
  @property({ attribute: 'answer-min-words' })
  get answerMinWords(): number {
    return this.#counts.get('answer-min-words') ?? 1;
  }
  set answerMinWords(count: number | string | null | undefined) {
    this.#setCount('answer-min-words', count);
  }

  /** How many words an answer has at most. */
  @property({ attribute: 'answer-max-words' })
  get answerMaxWords(): number {
    return this.#counts.get('answer-max-words') ?? Number.POSITIVE_INFINITY;
  }
  set answerMaxWords(count: number | string | null | undefined) {
    this.#setCount('answer-max-words', count);
  }

  /** Tags to choose from. None hides the field, also where tags of one's own are allowed. Reading gives a fresh array. */
  @property({ attribute: 'question-tags' })
  get questionTags(): string[] {
    return [...this.#tags];
  }
  set questionTags(tags: readonly unknown[] | string | null | undefined) {
    const list = this.readJson('question-tags', tags);
    const names = labelNames(list);
    if (names === undefined) this.report('question-tags', 'it is not a list');
    const [repeated] = repeatedLabels(list);
    if (repeated !== undefined)
      this.report('question-tags', `"${repeated}" is there more than once`, questionMessages.repeatedTag(repeated));
    this.#tags = names ?? [];
  }

  /** Whether workers may add tags. Unlike other switches it is documented with a value: `false` means no. */
  @property({ attribute: 'allow-custom-question-tags' })
  get allowCustomQuestionTags(): boolean {
    return this.#allowsCustomTags;
  }
  set allowCustomQuestionTags(allows: boolean | string | null | undefined) {
    this.#allowsCustomTags = allows !== null && allows !== undefined && String(allows).trim().toLowerCase() !== 'false';
  }

  /** Tags to choose from. */
  protected get tags(): readonly string[] {
    return this.#tags;
  }

  /** A limit that contradicts the other one is left out. */
  protected get limits(): Limits {
    const bounds = (least: number, most: number): Bounds => ({
      least,
      most: most < least ? Number.POSITIVE_INFINITY : most,
    });
    return {
      questions: bounds(this.minQuestions, this.maxQuestions),
      questionWords: bounds(this.questionMinWords, this.questionMaxWords),
      answerWords: bounds(this.answerMinWords, this.answerMaxWords),
    };
  }

  #setCount(attribute: string, given: unknown): void {
    const value = this.readJson(attribute, given);
    const count = readCount(value);
    if (count === undefined) this.#counts.delete(attribute);
    else this.#counts.set(attribute, count);
    if (count === undefined && value !== undefined && value !== null && value !== Number.POSITIVE_INFINITY)
      this.report(attribute, 'it is no whole number from 0 on');
    this.requestUpdate();
  }

  /** Limits that contradict each other. */
  protected renderContrary(): unknown {
    const pairs = [
      ['min-questions', 'max-questions', this.minQuestions, this.maxQuestions],
      ['question-min-words', 'question-max-words', this.questionMinWords, this.questionMaxWords],
      ['answer-min-words', 'answer-max-words', this.answerMinWords, this.answerMaxWords],
    ] as const;
    return pairs.map(([least, most, from, to]) =>
      to < from ? html`<crowd-alert type="error">${questionMessages.contrary(least, most)}</crowd-alert>` : nothing,
    );
  }
}
