// A page that is loaded before its task is taken: it asks nobody anything and leaves the keyboard where it is, until the portal
// says what to put back into it, as it does when a task begins.

const questions = ['alert', 'confirm', 'prompt', 'print', 'open'] as const;

/** For a page that is loaded ahead. @param unready is called when it wants what it cannot have then */
export function waitAhead(portal: Window, unready: () => void): void {
  // Loaded anew, it is like any other page.
  window.name = JSON.stringify({ ...Object(JSON.parse(window.name)), isAhead: false });
  const own = questions.map((name) => [name, Object.getOwnPropertyDescriptor(window, name)] as const);
  for (const name of questions)
    Object.defineProperty(window, name, { configurable: true, writable: true, value: () => unready() });
  const { focus } = HTMLElement.prototype;
  let wanted: HTMLElement | undefined;
  HTMLElement.prototype.focus = function () {
    wanted = this;
  };
  const begin = ({ source, data }: MessageEvent): void => {
    if (source !== portal || (data as { holdpoint?: unknown } | null)?.holdpoint !== 'restore') return;
    window.removeEventListener('message', begin);
    for (const [name, descriptor] of own) if (descriptor) Object.defineProperty(window, name, descriptor);
    HTMLElement.prototype.focus = focus;
    if (wanted?.isConnected) focus.call(wanted);
  };
  window.addEventListener('message', begin);
}
