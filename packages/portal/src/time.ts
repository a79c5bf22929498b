// Times as people read them: exact ones in the worker's locale, relative ones in the words of the page.

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** "in 3 hours", "5 minutes ago", "now". */
export function relativeTime(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const size = Math.abs(seconds);
  if (Number.isNaN(seconds)) return 'unknown';
  if (size < 45) return 'now';
  if (Math.round(size / minute) < 60) return relative.format(Math.round(seconds / minute), 'minute');
  if (Math.round(size / hour) < 24) return relative.format(Math.round(seconds / hour), 'hour');
  return relative.format(Math.round(seconds / day), 'day');
}

/** Date and time in the worker's locale. */
export function exactTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? 'unknown' : exact.format(time);
}

/** The time of day for today, else with the date. */
export function deadlineTime(iso: string, now: number): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return 'unknown';
  return new Date(time).toDateString() === new Date(now).toDateString() ? clock.format(time) : exact.format(time);
}

/** "1 h 30 min" of a length in seconds; at most two units. */
export function duration(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  for (const [size, unit] of [
    [day, 'd'],
    [hour, 'h'],
    [minute, 'min'],
    [1, 's'],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}

/** "1 h 30 min left" until a moment, in whole minutes. */
export function timeLeft(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (Number.isNaN(seconds)) return 'unknown';
  if (seconds <= 0) return 'time is over';
  return seconds < minute ? 'under a minute left' : `${duration(Math.floor(seconds / minute) * minute)} left`;
}

/** The seconds since midnight where the browser is. */
export const secondsOfToday = (now: number): number => Math.round((now - new Date(now).setHours(0, 0, 0, 0)) / 1000);

/** "1:02:03" or "14:32" of a length in seconds; days are spelled out. */
export function countdownText(seconds: number): string {
  const rest = Math.max(0, Math.ceil(seconds));
  if (rest >= day) return duration(rest);
  const pad = (value: number) => String(value).padStart(2, '0');
  const tail = `${pad(Math.floor((rest % hour) / minute))}:${pad(rest % minute)}`;
  return rest >= hour ? `${Math.floor(rest / hour)}:${tail}` : tail;
}
