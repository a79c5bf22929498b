// The single-key shortcuts of the portal: one table, from which controls show theirs and the list of keys is made. A worker may
// change each, or switch all of them off. What was chosen is kept by this browser: keys belong to the keyboard that is before
// it, and a dictation program to the machine that it runs on.

export const shortcuts = {
  help: { key: '?', does: 'Show the keys' },
  list: { key: 'l', does: 'Go to the list of tasks' },
  search: { key: '/', does: 'Search the tasks' },
  next: { key: 'n', does: 'Start the next task' },
  enter: { key: 'i', does: 'Go into the task that is in work' },
  extend: { key: 'e', does: 'Ask for more time' },
  decline: { key: 'd', does: 'Decline the task' },
  release: { key: 'r', does: 'Release the task' },
  stop: { key: 's', does: 'Stop and resume later' },
  undo: { key: 'u', does: 'Take back the answer that was just submitted' },
} as const;

export type ShortcutName = keyof typeof shortcuts;
export const shortcutNames = Object.keys(shortcuts) as readonly ShortcutName[];

interface Choice {
  readonly off?: boolean;
  readonly keys?: { readonly [name in ShortcutName]?: string };
}

/** Keys that move about, write or mean something in tasks. */
const isReserved = (key: string): boolean => [...key].length !== 1 || /[\s\d]/.test(key);

const stored = 'holdpoint:keys';
const handlers: { readonly name: ShortcutName; readonly action: () => void }[] = [];
const listeners = new Set<() => void>();
let choice = read();

function read(): Choice {
  try {
    const { off, keys } = JSON.parse(localStorage.getItem(stored) ?? '{}') as Choice;
    const known = shortcutNames.map((name) => [name, keys?.[name]] as const);
    return {
      off: off === true,
      keys: Object.fromEntries(known.filter(([, key]) => typeof key === 'string' && !isReserved(key))),
    };
  } catch {
    return {};
  }
}

function choose(chosen: Choice): void {
  choice = chosen;
  try {
    localStorage.setItem(stored, JSON.stringify(chosen));
  } catch {
    // Private windows may refuse storage: then it holds as long as this page.
  }
  for (const listener of listeners) listener();
}

const keyFor = (name: ShortcutName): string => choice.keys?.[name] ?? shortcuts[name].key;

export const areShortcutsOn = (): boolean => choice.off !== true;

/** The key of a shortcut; undefined while they are switched off. */
export const keyOf = (name: ShortcutName): string | undefined => (areShortcutsOn() ? keyFor(name) : undefined);

export const setShortcutsOn = (on: boolean): void => choose({ ...choice, off: !on });

/** All as they were at first. */
export const resetShortcuts = (): void => choose({});

export const areShortcutsChanged = (): boolean =>
  choice.off === true || shortcutNames.some((name) => keyFor(name) !== shortcuts[name].key);

/** Gives a shortcut another key. @returns a sentence when it cannot have that one */
export function setKey(name: ShortcutName, pressed: string): string | undefined {
  const key = pressed.toLowerCase();
  if (/^\d$/.test(key)) return 'The digits choose labels in tasks. Press another key.';
  if (isReserved(key))
    return `${pressed.trim() === '' ? 'The space bar' : `The key ${pressed}`} cannot be used. Press a letter or a sign.`;
  const owner = shortcutNames.find((other) => other !== name && keyFor(other) === key);
  if (owner !== undefined) return `${key.toUpperCase()} is the key for “${shortcuts[owner].does}”. Press another key.`;
  choose({ ...choice, keys: { ...choice.keys, [name]: key } });
  return undefined;
}

/** Calls `listener` when keys have changed; returns how to stop that. */
export function onKeysChanged(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Does something at the key of a shortcut; returns how to stop that. What came last has it. */
export function onShortcut(name: ShortcutName, action: () => void): () => void {
  const handler = { name, action };
  handlers.push(handler);
  return () => void handlers.splice(handlers.indexOf(handler), 1);
}

/** Not while somebody types or chooses: there keys have another meaning. */
const takesKeys = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], dialog';

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
  if (event.repeat || !areShortcutsOn() || document.querySelector('dialog:modal') !== null) return;
  if (event.target instanceof Element && event.target.closest(takesKeys) !== null) return;
  const key = event.key.toLowerCase();
  const handler = handlers.findLast(({ name }) => keyFor(name) === key);
  if (handler === undefined) return;
  event.preventDefault();
  handler.action();
});
