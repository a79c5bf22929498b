// Server-sent events of the portal, one connection for the page. It is closed while the page is hidden (browsers allow
// six connections to a host, and workers keep many tabs), and replaced by polling while it cannot be had.

type LiveEvent = { type: 'tasks' } | { type: 'assignment'; assignmentId: string | undefined };
type Listener = (event: LiveEvent) => void;

const pollEvery = 15_000;
const firstRetry = 1_000;
const longestRetry = 30_000;

const listeners = new Set<Listener>();
let source: EventSource | undefined;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let pollTimer: ReturnType<typeof setInterval> | undefined;
let retryAfter = firstRetry;

/** Calls `listener` whenever something may have changed; returns how to stop that. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  update();
  return () => {
    listeners.delete(listener);
    update();
  };
}

document.addEventListener('visibilitychange', () => {
  update();
  if (document.visibilityState === 'visible') tellAll();
});
window.addEventListener('online', () => {
  if (source === undefined) update();
});

function tell(event: LiveEvent): void {
  for (const listener of listeners) listener(event);
}

/** After a gap nobody knows what was missed. */
function tellAll(): void {
  tell({ type: 'tasks' });
  tell({ type: 'assignment', assignmentId: undefined });
}

function update(): void {
  const wanted = listeners.size > 0 && document.visibilityState === 'visible';
  if (wanted && source === undefined) connect();
  if (!wanted) disconnect();
}

function disconnect(): void {
  source?.close();
  source = undefined;
  clearTimeout(retryTimer);
  clearInterval(pollTimer);
  pollTimer = undefined;
  retryAfter = firstRetry;
}

function connect(): void {
  clearTimeout(retryTimer);
  const opened = new EventSource('/portal/events');
  source = opened;
  opened.addEventListener('open', () => {
    retryAfter = firstRetry;
    clearInterval(pollTimer);
    pollTimer = undefined;
    // At the first opening too: the page may have been loaded before, and what changed in between was told to nobody.
    tellAll();
  });
  opened.addEventListener('tasks', () => tell({ type: 'tasks' }));
  opened.addEventListener('assignment', (event) => {
    tell({ type: 'assignment', assignmentId: assignmentIdIn(event.data) });
  });
  opened.addEventListener('error', () => {
    pollTimer ??= setInterval(tellAll, pollEvery);
    if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
    source = undefined;
    retryTimer = setTimeout(update, retryAfter);
    retryAfter = Math.min(retryAfter * 2, longestRetry);
  });
}

function assignmentIdIn(data: string): string | undefined {
  try {
    return (JSON.parse(data) as { assignmentId?: string }).assignmentId;
  } catch {
    return undefined;
  }
}
