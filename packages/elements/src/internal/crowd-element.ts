import { LitElement } from 'lit';

/** What all crowd-* elements share: aliases of attribute names, events, and a move in the tree that keeps their state. */
export abstract class CrowdElement extends LitElement {
  /** Other spellings of attributes that templates use, from the spelling to the documented name. */
  static readonly aliases: Readonly<Record<string, string>> = {};

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: both belong to the class that is registered, not to this one
    return [...super.observedAttributes, ...Object.keys(this.aliases)];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    const { aliases } = this.constructor as typeof CrowdElement;
    super.attributeChangedCallback(aliases[name] ?? name, old, value);
  }

  /** Its presence tells the browser that `moveBefore` needs no disconnecting and connecting again. */
  connectedMoveCallback(): void {}

  /** Dispatches a bubbling event that leaves shadow trees, as native `input` does. */
  protected announce(type: 'input' | 'change'): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  }
}
