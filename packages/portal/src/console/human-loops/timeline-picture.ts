// A loop's life as a picture: a row for the loop, one for each worker, one for what the server did. Times without anything
// happening are shortened, so that minutes of work are seen beside days of waiting.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { duration } from '../english.ts';
import { eventText, type LoopEvent, toneOf } from './event-words.ts';

const width = 1000;
const labelWidth = 150;
const rowHeight = 34;
const right = 24;

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly kind: 'loop' | 'work' | 'aside';
}
interface Row {
  readonly name: string;
  readonly events: readonly LoopEvent[];
  readonly bars: readonly Bar[];
}

const endings: ReadonlySet<string> = new Set(['Answered', 'Released', 'Declined', 'TimedOut']);

/** @param now where what goes on ends in the picture */
export function timelinePicture(events: readonly LoopEvent[], now: number): TemplateResult | typeof nothing {
  const [first] = events;
  if (!first) return nothing;
  const isOver = events.some(({ Kind }) => Kind === 'Completed' || Kind === 'Failed' || Kind === 'Stopped');
  const end = isOver ? Math.max(...events.map(({ Time }) => Time.getTime())) : now;
  const rows = rowsOf(events, end);
  const place = scaleOf(
    events.map(({ Time }) => Time.getTime()),
    end,
  );
  const height = rows.length * rowHeight + 10;
  const total = duration((end - first.Time.getTime()) / 1000);
  return html`<figure class="timeline-picture" tabindex="0" aria-label="Timeline as a picture">
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Timeline of ${total}: ${events.length} events, listed below">
      ${rows.map((row, index) => drawRow(row, index * rowHeight + rowHeight / 2 + 5, place))}
    </svg>
    <figcaption class="small muted">${total} from left to right; long times without anything happening are shortened.</figcaption>
  </figure>`;
}

function rowsOf(events: readonly LoopEvent[], end: number): Row[] {
  const workers = new Map<string, LoopEvent[]>();
  for (const event of events)
    if (event.AssignmentId !== undefined) {
      const name = event.WorkerName ?? event.WorkerEmail ?? 'Somebody';
      workers.set(name, [...(workers.get(name) ?? []), event]);
    }
  const server = events.filter(
    ({ Kind }) => Kind.startsWith('Event') || Kind === 'JobFailed' || Kind === 'OutputWritten',
  );
  const loop = events.filter((event) => event.AssignmentId === undefined && !server.includes(event));
  const last = loop.findLast(({ Kind }) => Kind === 'Completed' || Kind === 'Failed' || Kind === 'Stopped');
  const life: Bar = { from: events[0]!.Time.getTime(), to: last?.Time.getTime() ?? end, kind: 'loop' };
  return [
    { name: 'Human loop', events: loop, bars: [life] },
    ...[...workers].map(([name, own]) => ({ name, events: own, bars: turnsOf(own, end) })),
    ...(server.length > 0 ? [{ name: 'Server', events: server, bars: [] }] : []),
  ];
}

function turnsOf(events: readonly LoopEvent[], end: number): Bar[] {
  const bars: Bar[] = [];
  const open = new Map<string, { from: number; kind: 'work' | 'aside' }>();
  for (const { Kind, AssignmentId = '', Time } of events) {
    const at = Time.getTime();
    const running = open.get(AssignmentId);
    if (running && Kind !== 'Extended') bars.push({ ...running, to: at });
    if (endings.has(Kind)) open.delete(AssignmentId);
    else if (Kind !== 'Extended') open.set(AssignmentId, { from: at, kind: Kind === 'PutAside' ? 'aside' : 'work' });
  }
  for (const running of open.values()) bars.push({ ...running, to: end });
  return bars;
}

/** Places on a line on which a stretch is as long as the root of its time, so that none is invisible and none fills it all. */
function scaleOf(times: readonly number[], end: number): (time: number) => number {
  const marks = [...new Set([...times, end])].sort((a, b) => a - b);
  const lengths = marks.map((mark, index) => (index === 0 ? 0 : (mark - marks[index - 1]!) ** 0.35));
  const sum = lengths.reduce((total, length) => total + length, 0) || 1;
  const places = new Map<number, number>();
  let at = 0;
  for (const [index, mark] of marks.entries()) {
    at += lengths[index]!;
    places.set(mark, labelWidth + 10 + (at / sum) * (width - labelWidth - 10 - right));
  }
  return (time) => places.get(time) ?? labelWidth;
}

function drawRow({ name, events, bars }: Row, y: number, place: (time: number) => number) {
  const short = name.length > 18 ? `${name.slice(0, 17)}…` : name;
  return svg`<g>
    <text x="0" y=${y + 5} class="timeline-name">${short}</text>
    <line x1=${labelWidth} x2=${width - right} y1=${y} y2=${y} class="timeline-line" />
    ${bars.map(
      ({ from, to, kind }) =>
        svg`<rect class="timeline-bar timeline-${kind}" x=${place(from)} y=${y - 6} height="12" rx="3" width=${Math.max(3, place(to) - place(from))} />`,
    )}
    ${events.map(
      (event) =>
        svg`<circle class="timeline-dot timeline-${toneOf(event)}" cx=${place(event.Time.getTime())} cy=${y} r="6"><title>${eventText(event)}</title></circle>`,
    )}
  </g>`;
}
