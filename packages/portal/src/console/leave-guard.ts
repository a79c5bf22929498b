// Asks before a page with unsaved work is left: by a link of this site in a dialog, and by closing or reloading in the
// browser's own. Whoever goes back with the browser's button finds the work again, since it is kept.
import { goTo } from '../navigation.ts';
import { confirm } from './english.ts';

/** Guards until the returned function is called. */
export function guardLeaving(isUnsaved: () => boolean, text: string): () => void {
  const unload = (event: BeforeUnloadEvent): void => {
    if (isUnsaved()) event.preventDefault();
  };
  const click = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || link.target !== '' || link.origin !== location.origin || !isUnsaved()) return;
    if (link.hash !== '' && link.pathname === location.pathname) return;
    event.preventDefault();
    event.stopPropagation();
    void confirm({ title: 'Leave this page?', text, action: 'Leave' }).then((isMeant) => {
      if (isMeant) goTo(link.pathname + link.search);
    });
  };
  window.addEventListener('beforeunload', unload);
  document.addEventListener('click', click, { capture: true });
  return () => {
    window.removeEventListener('beforeunload', unload);
    document.removeEventListener('click', click, { capture: true });
  };
}
