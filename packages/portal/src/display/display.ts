// How a worker wants to see the portal on this browser: kept there, and shown by attributes of the root.
import { isLanguage, type Language } from '../words/languages.ts';

export const textSizes = [100, 125, 150, 200] as const;
export type TextSize = (typeof textSizes)[number];
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface Display {
  /** The browser's own where nothing is chosen. */
  readonly language: Language | undefined;
  /** In percent. */
  readonly textSize: TextSize;
  readonly theme: Theme;
  /** Pages of tasks that say nothing of a scheme are dark when the portal is. */
  readonly darkTasks: boolean;
  /** Less motion than the system asks for; never more. */
  readonly lessMotion: boolean;
}

const key = 'holdpoint:display';

/** What was chosen, as far as it can be understood. */
export function readDisplay(): Display {
  const kept = readKept();
  return {
    language: isLanguage(kept.language) ? kept.language : undefined,
    textSize: textSizes.find((size) => size === kept.textSize) ?? 100,
    theme: themes.find((theme) => theme === kept.theme) ?? 'system',
    darkTasks: kept.darkTasks === true,
    lessMotion: kept.lessMotion === true,
  };
}

function readKept(): { readonly [name in keyof Display]?: unknown } {
  try {
    return Object(JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    return {};
  }
}

/** Whether what was kept has changed, as another tab tells it; without a name all has. */
export const isOfDisplay = ({ key: changed }: StorageEvent): boolean => changed === key || changed === null;

/** Remembers what was chosen; a browser without storage forgets it with the page. */
export function keepDisplay(display: Display): void {
  try {
    localStorage.setItem(key, JSON.stringify(display));
  } catch {
    // Private windows may refuse storage.
  }
}

/** Styles follow the attributes. */
export function showDisplay({ textSize, theme, lessMotion }: Display): void {
  const { dataset, style } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
  if (lessMotion) dataset.motion = 'less';
  else delete dataset.motion;
  if (textSize === 100) delete dataset.textSize;
  else dataset.textSize = String(textSize);
  style.setProperty('--text-scale', String(textSize / 100));
}

/** Whether the portal is dark, by choice or by the system. */
export const isDark = ({ theme }: Display): boolean =>
  theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
