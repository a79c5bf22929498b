/** Registers an element, unless its name is taken: pages load the script twice, or both scripts. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
