// What is chosen at this moment, for whoever has to follow it.
import type { FrameDisplay } from '@holdpoint/protocol';
import { firstKnown } from '../words/languages.ts';
import { speak, words } from '../words/words.ts';
import { type Display, isDark, isOfDisplay, keepDisplay, readDisplay, showDisplay } from './display.ts';

let present = readDisplay();
const listeners = new Set<() => void>();

export const presentDisplay = (): Display => present;

/** What the page of a task is told of it. */
export const frameDisplay = (): FrameDisplay => ({
  language: words.language,
  isDark: present.darkTasks && isDark(present),
  hasLessMotion: present.lessMotion,
});

/** Calls `listener` when something else is chosen, here or in another tab, or by the system; returns how to stop that. */
export function onDisplay(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Shows a choice from now on, and keeps it for this browser. */
export function chooseDisplay(change: Partial<Display>): Promise<void> {
  const chosen = { ...present, ...change };
  keepDisplay(chosen);
  return take(chosen);
}

/** Before anything is rendered. */
export function startDisplay(): Promise<void> {
  // Drafts and the like are kept at the same place, and change with every letter.
  window.addEventListener('storage', (event) => {
    if (isOfDisplay(event)) void take(readDisplay());
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
  return take(present);
}

async function take(display: Display): Promise<void> {
  present = display;
  showDisplay(display);
  tell();
  await speak(display.language ?? firstKnown(navigator.languages));
}

function tell(): void {
  for (const listener of listeners) listener();
}
