import {
  base,
  CrowdWidget,
  dialogStyles,
  html,
  instructionsStyles,
  nothing,
  numberKeys,
  property,
  state,
  styleMap,
} from '../../base.ts';
import { History } from '../../tools/history.ts';
import { renderHistory } from '../../tools/image/image-bar.ts';
import { isPlain, keyOf } from '../../tools/image/image-keys.ts';
import { imageMessages } from '../../tools/image/messages.ts';
import { ChipDrag, type Dragged, type Target } from '../../tools/ranking/chip-drag.ts';
import { rankingMessages } from '../../tools/ranking/messages.ts';
import { rankingStyles } from '../../tools/ranking/ranking.styles.ts';
import {
  areSame,
  emptyRanking,
  firstFree,
  insert,
  isMade,
  join,
  place,
  type Ranking,
  ranksOf,
  readRankings,
  step,
  takeAway,
  tie,
} from '../../tools/ranking/ranking.ts';
import { rankingShortcuts } from '../../tools/ranking/ranking-keys.ts';
import {
  type Dimension,
  letterOf,
  type Read,
  readDimensions,
  readResponses,
} from '../../tools/ranking/read-ranking.ts';
import { renderBoard, standingOf } from '../../tools/ranking/render-board.ts';
import { isLong, renderResponses } from '../../tools/ranking/render-responses.ts';
import { shellStyles } from '../../tools/shell.styles.ts';
import { Shell } from '../../tools/shell.ts';
import { isReference } from '../../tools/text-reference.ts';

interface RankingAnswer {
  readonly ordinalRankingDimensions: readonly {
    readonly allowTie: boolean;
    readonly name: string;
    readonly responseRankings: readonly (number | null)[];
  }[];
}

/**
 * Ranks texts in one or several dimensions. The answer is `{ ordinalRankingDimensions }`, for each dimension its `name`,
 * `allowTie` and `responseRankings`: ranks from 1, the best, in the order of the responses that were given. It stands at the root
 * of the form's answer, not under `name`. Submission is blocked until the worker has given every response a rank in every
 * dimension; `null` stands for a rank that is missing.
 */
export class CrowdTextRanking extends CrowdWidget {
  static override styles = [base, dialogStyles, instructionsStyles, shellStyles, rankingStyles];

  readonly #shell = new Shell(this);
  readonly #history = new History();
  readonly #drag = new ChipDrag({
    mayDrag: () => !this.inactive,
    allowsTie: (dimension) => this.#dimensions[dimension]?.allowTie === true,
    moved: (dragged, target, x, y) => {
      this.dragged = { dragged, target, x, y };
    },
    ended: (dragged, target) => this.#drop(dragged, target),
  });
  #text = '';
  #responses: readonly string[] = [];
  #names: readonly string[] = [];
  #excerpts: readonly string[] = [];
  #dimensions: readonly Dimension[] = [];
  #rankings: readonly Ranking[] = [];
  /** What has the focus while it moves: it is drawn anew elsewhere. */
  #followed: Dragged | undefined;

  @state() private dragged:
    | { readonly dragged: Dragged; readonly target: Target; readonly x: number; readonly y: number }
    | undefined;
  @state() private current: number | undefined;
  @state() private open: ReadonlySet<number> = new Set();
  @state() private said = '';

  /** What the responses answer: a text. The address of a file in S3 is shown as it is: a page cannot read the file. */
  @property()
  get text(): string {
    return this.#text;
  }
  set text(text: string | null | undefined) {
    this.#text = text === null || text === undefined ? '' : String(text);
  }

  /** The texts to be ranked. Reading gives a fresh array. Other ones take all ranks away. */
  @property()
  get responses(): string[] {
    return [...this.#responses];
  }
  set responses(responses: readonly unknown[] | string | null | undefined) {
    this.#responses = this.#read('responses', responses, readResponses);
    this.#names = this.#responses.map((_each, index) => rankingMessages.response(letterOf(index)));
    this.#excerpts = this.#responses.map((text) => text.slice(0, 80).replace(/\s+/g, ' '));
    this.open = new Set();
    this.#begin();
  }

  /** By what they are ranked: objects with `name` and `allowTie`. Reading gives a fresh array. Other ones take all ranks away. */
  @property({ attribute: 'ordinal-ranking-dimensions' })
  get ordinalRankingDimensions(): Dimension[] {
    return this.#dimensions.map((each) => ({ ...each }));
  }
  set ordinalRankingDimensions(dimensions: readonly unknown[] | string | null | undefined) {
    this.#dimensions = this.#read('ordinal-ranking-dimensions', dimensions, readDimensions);
    this.#begin();
  }

  /** `name` puts the answer under `name`, as the documents describe it, and as two rankings in one form need it. */
  @property({ attribute: 'answer-place' }) answerPlace = '';

  /**
   * Programs that read answers of the original look for `ordinalRankingDimensions` at the root of the answer, although the
   * documents of the element say that `name` is the key. What runs today decides; `answer-place="name"` is the other way. Since
   * `name` plays no part at the root, an element without one answers there too.
   */
  get _answersAtRoot(): boolean {
    return this.answerPlace.trim().toLowerCase() !== 'name';
  }

  /** The answer's object, always. */
  get value(): RankingAnswer {
    return this._submittableValue;
  }

  /** That `allowTie` is repeated is a guess: programs read the ranks and the name. */
  get _submittableValue(): RankingAnswer {
    return {
      ordinalRankingDimensions: this.#dimensions.map(({ name, allowTie }, index) => ({
        allowTie,
        name,
        responseRankings: ranksOf(this.#rankings[index]!),
      })),
    };
  }

  protected override problem() {
    if (this.#responses.length === 0) return { flag: 'valueMissing', message: rankingMessages.noResponses } as const;
    if (this.#dimensions.length === 0) return { flag: 'valueMissing', message: rankingMessages.nothingToRank } as const;
    const open = this.#rankings.findIndex((ranking) => !isMade(ranking));
    if (open < 0) return undefined;
    const missing = this.#names.filter((_each, index) => this.#rankings[open]![index] === undefined);
    const names = missing.length > 6 ? `${missing.slice(0, 6).join(', ')} …` : missing.join(', ');
    return { flag: 'valueMissing', message: rankingMessages.incomplete(this.#dimensions[open]!.name, names) } as const;
  }

  protected override restore(): void {
    this.#begin();
  }

  /** The first response without a rank, or the first one at all. */
  override focus(options?: FocusOptions): void {
    const dimension = this.#rankings.findIndex((ranking) => !isMade(ranking));
    const response = this.#rankings[dimension]?.indexOf(undefined) ?? 0;
    const chip = this.#chip(Math.max(0, dimension), response);
    if (!chip) super.focus(options);
    else {
      chip.focus(options);
      chip.scrollIntoView({ block: 'nearest' });
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drag.cancel();
  }

  #chip(dimension: number, response: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`#chip-${dimension}-${response}`);
  }

  #read<T>(attribute: string, given: unknown, read: (value: unknown) => Read<T>): readonly T[] {
    const { list, fault } = read(this.readJson(attribute, given));
    if (fault) this.report(attribute, fault.reason, fault.sentence);
    return list;
  }

  #begin(): void {
    this.#show(this.#dimensions.map(() => emptyRanking(this.#responses.length)));
    this.drafts.begunAnew();
  }

  #show(rankings: readonly Ranking[]): void {
    this.#rankings = rankings;
    this.#history.clear();
    this.#drag.cancel();
    this.requestUpdate();
  }

  protected override get beginsAnew(): boolean {
    return true;
  }

  protected override draft(): unknown {
    return this.drafts.isTouched ? this.#rankings.map((ranking) => ranking.map((level) => level ?? null)) : undefined;
  }

  protected override resume(state: unknown): boolean {
    const rankings = readRankings(state, this.#dimensions.length, this.#responses.length);
    if (rankings) this.#show(rankings);
    return rankings !== undefined;
  }

  #set(dimension: number, response: number, ranking: Ranking): void {
    const before = this.#rankings;
    if (this.inactive || areSame(before[dimension]!, ranking)) return;
    const after = before.with(dimension, ranking);
    const show = (rankings: readonly Ranking[]) => {
      const active = (this.renderRoot as ShadowRoot).activeElement as HTMLElement | null;
      const { dimension, response } = active?.dataset ?? {};
      if (dimension !== undefined && response !== undefined)
        this.#followed = { dimension: Number(dimension), response: Number(response) };
      this.#rankings = rankings;
      this.requestUpdate();
    };
    show(after);
    this.#history.add({ undo: () => show(before), redo: () => show(after) });
    this.said = `${this.#names[response]}: ${standingOf({ ranking, names: this.#names }, response)}`;
    this.#committed();
  }

  #committed(): void {
    this.edited();
    this.announce('input');
    this.announce('change');
  }

  #drop({ dimension, response }: Dragged, target: Target): void {
    this.dragged = undefined;
    const ranking = this.#rankings[dimension];
    if (!ranking || !target) return;
    if (target.kind === 'pool') this.#set(dimension, response, takeAway(ranking, response));
    else if (target.kind === 'tie') this.#set(dimension, response, join(ranking, response, target.at));
    else if (target.kind === 'gap') this.#set(dimension, response, insert(ranking, response, target.at));
    else this.#set(dimension, response, place(ranking, response, target.at));
  }

  #undo(): void {
    if (this.inactive || !this.#history.undo()) return;
    this.said = imageMessages.undone;
    this.#committed();
  }

  #redo(): void {
    if (this.inactive || !this.#history.redo()) return;
    this.said = imageMessages.redone;
    this.#committed();
  }

  protected override pressed(event: KeyboardEvent): boolean {
    const common: Readonly<Record<string, () => void>> = {
      '?': this.#shell.toggleShortcuts,
      'Ctrl+z': () => this.#undo(),
      ',': () => this.#undo(),
      'Ctrl+Shift+z': () => this.#redo(),
      'Ctrl+y': () => this.#redo(),
      '.': () => this.#redo(),
    };
    const action = common[keyOf(event)];
    if (action) action();
    return action !== undefined || this.#pressedOnChip(event);
  }

  #pressedOnChip(event: KeyboardEvent): boolean {
    const chip = event.composedPath()[0];
    if (!(chip instanceof HTMLElement) || !chip.classList.contains('chip') || !isPlain(event)) return false;
    const dimension = Number(chip.dataset.dimension);
    const response = Number(chip.dataset.response);
    const ranking = this.#rankings[dimension]!;
    const next = this.#ranked(event.key, ranking, response, this.#dimensions[dimension]!.allowTie);
    if (next) this.#set(dimension, response, next);
    return next !== undefined;
  }

  /** What a key makes of a ranking; undefined for keys of no use. */
  #ranked(key: string, ranking: Ranking, response: number, allowTie: boolean): Ranking | undefined {
    const level = key.length === 1 ? numberKeys.indexOf(key) : -1;
    if (level >= 0) return level < ranking.length ? place(ranking, response, level) : undefined;
    if (key === 'ArrowUp' || key === 'ArrowDown') return step(ranking, response, key === 'ArrowUp' ? -1 : 1);
    if (key === 'Delete' || key === 'Backspace') return takeAway(ranking, response);
    return key === '=' && allowTie ? tie(ranking, response) : undefined;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    const followed = this.#followed;
    this.#followed = undefined;
    if (!followed) return;
    const chip = this.#chip(followed.dimension, followed.response);
    if (chip && (this.renderRoot as ShadowRoot).activeElement !== chip) chip.focus({ preventScroll: true });
    chip?.scrollIntoView({ block: 'nearest' });
  }

  protected override render() {
    const someTies = this.#dimensions.some(({ allowTie }) => allowTie);
    return this.#shell.render({
      instructions: this.instructions,
      header: this.header,
      shortcuts: rankingShortcuts(someTies),
      alerts: html`${this.renderUnreadable()}${this.#renderMissing()}`,
      main: html`${this.#renderPrompt()}${this.#renderResponses()}
        <p class="unseen" role="status">${this.said}</p>
        <p class="unseen" id="keys-help">${rankingMessages.keysHelp} ${someTies ? rankingMessages.keysHelpTies : ''}</p>`,
      side: html`${this.#renderBar(someTies)}${this.renderComplaint()}${this.#dimensions.map((_each, index) => this.#renderBoard(index))}${this.#renderGhost()}`,
      // Beside what they are about: the texts may be long.
      bar: nothing,
      complaint: nothing,
    });
  }

  #renderMissing(): unknown {
    const text =
      this.#responses.length === 0
        ? rankingMessages.noResponses
        : this.#dimensions.length === 0
          ? rankingMessages.nothingToRank
          : '';
    return text === '' ? nothing : html`<crowd-alert type="error">${text}</crowd-alert>`;
  }

  #renderPrompt(): unknown {
    const text = this.#text;
    if (text === '') return nothing;
    return html`<section class="prompt" aria-labelledby="prompt-title">
      <h3 class="side-title" id="prompt-title">${rankingMessages.prompt}</h3>
      ${
        isReference(text)
          ? html`<crowd-alert type="warning">${rankingMessages.reference} <span class="address">${text}</span></crowd-alert>`
          : html`<div class="words" dir="auto">${text}</div>`
      }
    </section>`;
  }

  #renderResponses(): unknown {
    if (this.#responses.length === 0) return nothing;
    return renderResponses({
      texts: this.#responses,
      names: this.#names,
      current: this.current,
      open: this.open,
      ranks: this.#responses.map((_each, response) =>
        this.#dimensions.flatMap(({ name }, index) => {
          const level = this.#rankings[index]![response];
          if (level === undefined) return [];
          return `${name}: ${level + 1}`;
        }),
      ),
      toggle: (response) => {
        const open = new Set(this.open);
        if (!open.delete(response)) open.add(response);
        this.open = open;
      },
      toggleAll: () => {
        const long = this.#responses.flatMap((text, index) => (isLong(text) ? [index] : []));
        this.open = new Set(this.open.size >= long.length ? [] : long);
      },
    });
  }

  #renderBoard(index: number): unknown {
    const dragged = this.dragged?.dragged.dimension === index ? this.dragged : undefined;
    const ranking = this.#rankings[index]!;
    const set = (response: number, next: Ranking) => this.#set(index, response, next);
    return renderBoard({
      dimension: this.#dimensions[index]!,
      index,
      ranking,
      names: this.#names,
      excerpts: this.#excerpts,
      dragged: dragged?.dragged,
      target: dragged?.target,
      isDisabled: this.inactive,
      isWrong: this.complaint !== '' && !isMade(ranking),
      choose: (response) => set(response, place(ranking, response, firstFree(ranking))),
      step: (response, direction) => set(response, step(ranking, response, direction)),
      takeAway: (response) => set(response, takeAway(ranking, response)),
      focused: (response) => {
        this.current = response;
      },
      press: (event, response) => this.#drag.start(event, { dimension: index, response }),
    });
  }

  #renderGhost(): unknown {
    if (!this.dragged) return nothing;
    const { dragged, x, y } = this.dragged;
    return html`<div class="ghost" aria-hidden="true" style=${styleMap({ transform: `translate(${x + 12}px, ${y - 18}px)` })}>
      <b>${this.#names[dragged.response]}</b> ${this.#excerpts[dragged.response]}
    </div>`;
  }

  #renderBar(someTies: boolean): unknown {
    const action = (isPossible: boolean, run: () => void) => (isPossible && !this.inactive ? run : undefined);
    return html`<div class="bar" part="bar">
      ${renderHistory(
        action(this.#history.canUndo, () => this.#undo()),
        action(this.#history.canRedo, () => this.#redo()),
      )}
      <p class="hint">${rankingMessages.hint} ${someTies ? rankingMessages.hintTies : nothing}</p>
    </div>`;
  }
}
