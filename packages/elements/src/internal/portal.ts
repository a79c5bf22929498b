// How an answer leaves the task frame: a message to the portal around it, and the portal's word on it.

/** The window around this page when the script ran, before a template could replace `window.parent`. */
const portal = window.parent === window ? undefined : window.parent;

export const isFramed = portal !== undefined;

/** Sends the answer; resolves when the portal has accepted it, rejects with the portal's sentence when it has not. */
export function sendToPortal(answerContent: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const onMessage = (event: MessageEvent) => {
      if (event.source !== portal || typeof event.data !== 'object' || event.data === null) return;
      const { holdpoint, message } = event.data as { holdpoint?: unknown; message?: unknown };
      if (holdpoint !== 'accepted' && holdpoint !== 'rejected') return;
      window.removeEventListener('message', onMessage);
      if (holdpoint === 'accepted') resolve();
      else reject(new Error(typeof message === 'string' ? message : ''));
    };
    window.addEventListener('message', onMessage);
    try {
      portal?.postMessage({ holdpoint: 'answer', answerContent }, '*');
    } catch (error) {
      window.removeEventListener('message', onMessage);
      reject(error);
    }
  });
}
