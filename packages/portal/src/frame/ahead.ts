// A page that is loaded before its task is taken: it asks nobody anything and leaves the keyboard where it is, until the portal
// says what to put back into it, as it does when a task begins.
import { frameAheadName } from '@holdpoint/protocol';

const questions = ['alert', 'confirm', 'prompt', 'print', 'open'] as const;

/** @param unready is called when the page wants what it cannot have ahead */
export function waitAhead(portal: Window, unready: () => void): void {
  if (window.name !== frameAheadName) return;
  // Loaded anew, it is like any other page.
  window.name = '';
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
