import type { Language } from '../words/languages.ts';

/** Milliseconds before each try; the last one repeats. */
const pauses = [500, 1000, 2000, 5000];
const key = 'holdpoint:loads';

/** Here and not among the portal's words: those could not be had either. */
const sentences: Readonly<Record<Language, string>> = {
  en: 'This page could not be loaded whole. It is tried again by itself.',
  es: 'La página no se pudo cargar por completo. Se vuelve a intentar automáticamente.',
  de: 'Diese Seite konnte nicht ganz geladen werden. Es wird von selbst wieder versucht.',
  ja: 'ページを完全に読み込めませんでした。自動的に再試行します。',
};

/**
 * Loads the page anew when one of its scripts cannot be had, because a server went away while it answered for instance: a page
 * without its script stays empty for ever. It says so, and waits until the server answers.
 */
export function loadAgainWhenLost(language: Language): void {
  document.addEventListener(
    'error',
    ({ target }) => {
      if (!(target instanceof HTMLScriptElement)) return;
      document.querySelector('holdpoint-app')?.replaceChildren(paragraph(sentences[language]));
      void loadAgain(tries());
    },
    true,
  );
  document.addEventListener('load', ({ target }) => isApp(target) && keep(0), true);
}

const isApp = (target: EventTarget | null): boolean => target instanceof HTMLScriptElement && target.type === 'module';

async function loadAgain(tried: number): Promise<void> {
  keep(tried + 1);
  await new Promise((resolve) => setTimeout(resolve, pauses[Math.min(tried, pauses.length - 1)]));
  const isThere = await fetch(location.href, { method: 'HEAD' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isThere) location.reload();
  else await loadAgain(tried + 1);
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement('p');
  made.role = 'status';
  made.className = 'sheet';
  made.textContent = text;
  return made;
}

/** How often in a row it was tried in this tab. */
function tries(): number {
  try {
    return Number(sessionStorage.getItem(key)) || 0;
  } catch {
    return pauses.length;
  }
}

function keep(count: number): void {
  try {
    if (count === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, String(count));
  } catch {
    // A browser that keeps nothing waits the longest pause each time.
  }
}
