/** In the query of every link to an object that a worker is given, under its signature: tells it from links for programs. */
export const taskLinkMark = 'holdpoint-for=worker';

/** Whether a request comes from a link that was made for a worker. */
export const isTaskLink = (rawQuery: string): boolean => rawQuery.split('&').includes(taskLinkMark);
