// The page of a document: its image on a stage, the boxes on it, and the pair that is looked at.
import { html, nothing, property, state } from '../../base.ts';
import { arrowOf } from '../image/image-keys.ts';
import { imageMessages } from '../image/messages.ts';
import { Picture } from '../image/picture.ts';
import { PointerInput } from '../image/pointer-input.ts';
import { StageView } from '../image/stage-view.ts';
import type { Size } from '../image/viewport.ts';
import { DocumentWidget } from './document-widget.ts';
import { documentMessages } from './messages.ts';
import { PageBoxes } from './page-boxes.ts';
import { revealPair, zoomToPair } from './page-view.ts';
import { pointAtRow } from './pair-list.ts';
import { PairWalk } from './pair-walk.ts';
import type { Pair, PartName } from './pairs.ts';
import { renderPage } from './render-page.ts';

export abstract class PageWidget extends DocumentWidget {
  protected readonly picture = new Picture(this, () => {
    this.stage.fit();
    this.reveal();
  });
  protected readonly stage = new StageView(this, () => this.picture.size);
  protected readonly boxes: PageBoxes;
  protected readonly walk: PairWalk;
  readonly #pointer: PointerInput;
  #src = '';

  @state() protected said = '';
  /** Shown on the page until the worker goes on. */
  @state() protected hint = '';
  @state() protected settings = { brightness: 100, contrast: 100, opacity: 100 };

  constructor() {
    super();
    const element = this;
    this.walk = new PairWalk(this.book, {
      get root() {
        return element.renderRoot;
      },
      get drawn() {
        return element.updateComplete;
      },
      chosen: (isOther) => {
        this.hint = '';
        if (isOther) this.boxes.choose(undefined);
        this.reveal();
      },
      say: (sentence) => {
        this.said = sentence;
      },
      tell: (sentence) => this.tell(sentence),
      accepted: () => this.drafts.touched(),
      changed: () => this.requestUpdate(),
    });
    this.boxes = new PageBoxes(this.stage, {
      get image() {
        return element.picture.size ?? { width: 0, height: 0 };
      },
      get pairs() {
        return element.book.pairs;
      },
      get selected() {
        return element.pair;
      },
      get isEditable() {
        return element.areBoxesFree && element.pair?.isRejected === false;
      },
      select: (id) => this.walk.choose(id, 'none'),
      place: (part, area) => {
        const pair = this.pair;
        if (!pair) return;
        this.hint = '';
        this.book.edit(pair, { [part]: { ...pair[part], area } });
        this.boxes.part = part;
        this.committed();
      },
      changed: () => this.requestUpdate(),
    });
    this.#pointer = new PointerInput({
      press: (at, event) => {
        this.hint = '';
        if (this.picture.size) this.boxes.press(at, event.pointerType === 'touch');
      },
      drag: (at) => this.boxes.drag(at),
      release: (at) => this.boxes.release(at),
      abort: () => this.boxes.abort(),
      hover: (at) => this.boxes.hover(this.picture.size && at),
      pan: (by) => this.stage.pan(by),
      zoom: (factor, at) => this.stage.zoomAt(factor, at),
      isMoving: () => false,
    });
  }

  /** Address of the image of the page. A new one takes all changes back. */
  @property()
  get src(): string {
    return this.#src;
  }
  set src(src: string | null | undefined) {
    this.#src = src ?? '';
    if (this.picture.size) {
      this.drafts.forget();
      this.begin();
    }
    this.picture.load(this.#src);
  }

  /** The chosen one. */
  protected get pair(): Pair | undefined {
    return this.walk.pair;
  }

  protected get areBoxesFree(): boolean {
    return !this.noGeometryEdit && !this.inactive;
  }

  protected override draft(): unknown {
    return this.drafts.isTouched ? { ...this.book.changes, checked: [...this.walk.checked] } : undefined;
  }

  protected override resume(state: unknown): boolean {
    if (!this.book.resume(state)) return false;
    this.begun();
    const { checked } = state as { checked?: unknown };
    if (Array.isArray(checked)) this.walk.checked = new Set(checked.filter(Number.isInteger));
    return true;
  }

  /** Something was changed. */
  protected abstract committed(): void;

  /** A document that is given whole: that says more to a worker than that it is no image. */
  get #isPdf(): boolean {
    return this.picture.problem === imageMessages.notAnImage('application/pdf');
  }

  /** Why nothing can be said of the page yet. */
  protected get pageProblem(): string | undefined {
    if (this.#isPdf) return documentMessages.pdf;
    return this.picture.problem ?? (this.picture.size ? undefined : imageMessages.loading);
  }

  protected get stageElement(): HTMLElement | undefined {
    return this.renderRoot.querySelector<HTMLElement>('.stage') ?? undefined;
  }

  /** What is seen of the page, in CSS pixels. */
  protected get room(): Size | undefined {
    const stage = this.stageElement;
    return stage && { width: stage.clientWidth, height: stage.clientHeight };
  }

  /** Moves the view until the chosen pair is seen. */
  protected reveal(): void {
    const { size } = this.picture;
    if (size && this.pair) revealPair(this.stage, this.pair, size);
  }

  protected zoomToPair(): boolean {
    const { size } = this.picture;
    const room = this.room;
    if (!size || !room || !this.pair) return false;
    return zoomToPair(this.stage, this.pair, size, room);
  }

  protected tell(sentence: string): void {
    this.said = sentence;
    this.hint = sentence;
  }

  protected chooseBox(part: PartName): boolean {
    const pair = this.pair;
    if (!pair || !this.areBoxesFree || pair.isRejected || !this.picture.size) return false;
    this.boxes.choose(this.boxes.part === part ? undefined : part);
    if (this.boxes.part === undefined) return true;
    this.tell(pair[part].area ? documentMessages.adjustHint : documentMessages.drawHint);
    this.reveal();
    this.stageElement?.focus();
    return true;
  }

  protected pressedOnStage(event: KeyboardEvent, key: string): boolean {
    const by = arrowOf(event);
    if (by && this.areBoxesFree && this.boxes.nudge(by)) return true;
    if (key === ']' || key === '[') return this.boxes.nextHandle(key === ']' ? 1 : -1);
    if (key === 'Enter' && this.areBoxesFree && this.room) return this.boxes.placeInMiddle(this.room);
    if (key !== 'Escape') return false;
    this.hint = '';
    if (this.boxes.part === undefined && !this.boxes.draft) return false;
    this.boxes.choose(undefined);
    return true;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    pointAtRow(this.renderRoot, this.boxes.hovered);
    this.#pointer.attach(this.stageElement);
    this.stage.attach(this.stageElement);
  }

  protected renderStage(): unknown {
    const { size } = this.picture;
    const { place, view } = this.stage;
    const { brightness, contrast, opacity } = this.settings;
    const filter =
      brightness === 100 && contrast === 100 ? '' : `;filter:brightness(${brightness}%) contrast(${contrast}%)`;
    const look = this.boxes.look === '' ? '' : `;cursor:${this.boxes.look}`;
    return html`<div
      class="stage" tabindex="0" role="application" aria-label="${documentMessages.page}. ${documentMessages.pageHelp}"
      aria-describedby="complaint" style="--mark-opacity:${opacity / 100}${look}"
    >
      ${
        this.#isPdf
          ? html`<div class="picture-state"><crowd-alert type="error">${documentMessages.pdf}</crowd-alert></div>`
          : this.picture.render(`${place}${filter}`)
      }
      ${
        size
          ? renderPage({
              view,
              image: size,
              pairs: this.book.pairs,
              selected: this.pair,
              hovered: this.book.find(this.boxes.hovered),
              draft: this.boxes.draft,
              box: this.boxes.box?.box,
              handle: this.boxes.handle,
            })
          : nothing
      }
      <canvas class="upper-canvas" width="1" height="1" style=${place}></canvas>
      ${this.hint === '' ? nothing : html`<p class="hint" aria-hidden="true">${this.hint}</p>`}
    </div>`;
  }
}
