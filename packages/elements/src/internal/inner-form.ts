// The native form inside `crowd-form`, which holds the template's content in the light tree. Templates reach for it by
// `.form` and by `querySelector('form')`.
import { whenParsed } from './ready.ts';

type Mover = Element & { moveBefore?: (node: Node, before: Node | null) => void };

export class InnerForm {
  readonly element = document.createElement('form');
  readonly #owner: HTMLElement;
  readonly #stays: (node: Node) => boolean;
  readonly #changed: () => void;
  #parsed = false;

  /** `stays` names the children that are not moved in; `changed` is called whenever something was added below the owner. */
  constructor(owner: HTMLElement, stays: (node: Node) => boolean, changed: () => void) {
    this.#owner = owner;
    this.#stays = stays;
    this.#changed = changed;
    this.element.noValidate = true;
  }

  /** Once, when the owner is first connected. The children follow when the page is parsed: a move restarts media. */
  attach(): void {
    if (this.element.isConnected) return;
    if (this.element.parentNode !== this.#owner) {
      // A clone of the owner brings a form of the same kind along.
      const copy = this.#owner.querySelector<HTMLFormElement>(':scope > form[data-crowd-form]');
      this.element.dataset.crowdForm = '';
      this.#owner.prepend(this.element);
      if (copy && copy !== this.element) {
        this.#move(copy.childNodes);
        copy.remove();
      }
    }
    new MutationObserver(() => {
      if (this.#parsed) this.adopt();
      this.#changed();
    }).observe(this.#owner, { childList: true, subtree: true });
    whenParsed(() => {
      this.#parsed = true;
      this.adopt();
    });
  }

  /** Moves the owner's children in, now. */
  adopt(): void {
    this.#move([...this.#owner.childNodes].filter((node) => node !== this.element && !this.#stays(node)));
    this.#changed();
  }

  #move(nodes: Iterable<Node>): void {
    for (const node of [...nodes]) {
      const form: Mover = this.element;
      // `moveBefore` keeps frames, players and focus as they are.
      if (form.moveBefore && form.isConnected && node.isConnected) form.moveBefore(node, null);
      else form.append(node);
    }
  }
}
