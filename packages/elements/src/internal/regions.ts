import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Routes an element's region children (plain tags without a slot attribute) to slots of the same names. */
export class Regions implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #names: ReadonlySet<string>;
  readonly #observer = new MutationObserver(() => this.#route());

  constructor(host: ReactiveControllerHost & HTMLElement, names: readonly string[]) {
    this.#host = host;
    this.#names = new Set(names);
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host, { childList: true });
    this.#route();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  /** The children with this tag; they stay where the template put them. */
  all(name: string): HTMLElement[] {
    return [...this.#host.children].filter((child): child is HTMLElement => child.localName === name);
  }

  has(name: string): boolean {
    return this.all(name).length > 0;
  }

  isRegion(node: Node): boolean {
    return node instanceof HTMLElement && this.#names.has(node.localName);
  }

  #route(): void {
    for (const child of this.#host.children) {
      if (this.isRegion(child) && child.slot !== child.localName) child.slot = child.localName;
    }
    this.#host.requestUpdate();
  }
}
