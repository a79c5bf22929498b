// What a worker sees in a template that has no crowd-form, and no element with a form of its own: nothing could be submitted
// from it.

/** Shows the notice on top of the page until one appears. */
export function showNoFormNotice(page: Document, sentence: string): void {
  const hasForm = () => page.querySelector('crowd-form, crowd-entity-annotation') !== null;
  if (hasForm()) return;
  const notice = page.createElement('div');
  notice.setAttribute('role', 'alert');
  notice.textContent = sentence;
  Object.assign(notice.style, {
    margin: '0 0 12px',
    padding: '12px 16px',
    border: '1px solid #b3541e',
    borderRadius: '6px',
    background: '#fff4ec',
    color: '#5c2700',
    font: '15px/1.45 system-ui, sans-serif',
  });
  (page.body ?? page.documentElement).prepend(notice);
  const observer = new MutationObserver(() => {
    if (!hasForm()) return;
    notice.remove();
    observer.disconnect();
  });
  observer.observe(page.documentElement, { childList: true, subtree: true });
}
