// The sentences about waiting tasks, for the pages and for the service worker. All languages stand here: they are few words, and
// the service worker can wait for nothing.

/** What is counted stops at this. */
const mostCounted = 100;

const number = (count: number): string => (count >= mostCounted ? `${mostCounted - 1}+` : String(count));

const english = {
  waiting: (count: number): string => (count === 1 ? '1 task is waiting' : `${number(count)} tasks are waiting`),
  fresh: (count: number): string =>
    count === 1 ? 'A new task is waiting.' : `${number(count)} new tasks are waiting.`,
  ending: (minutes: number, title?: string): string =>
    `The time for ${title === undefined ? 'a task that you hold' : `“${title}”`} is over in ${minutes === 1 ? '1 minute' : `${minutes} minutes`}.`,
  test: 'This is how you hear of tasks.',
};
type NoticeWords = typeof english;

const others: { readonly [language: string]: NoticeWords } = {
  es: {
    waiting: (count) => (count === 1 ? 'Hay 1 tarea en espera' : `Hay ${number(count)} tareas en espera`),
    fresh: (count) =>
      count === 1 ? 'Hay una tarea nueva en espera.' : `Hay ${number(count)} tareas nuevas en espera.`,
    ending: (minutes, title) =>
      `El tiempo para ${title === undefined ? 'una tarea que tiene' : `«${title}»`} se agota en ${minutes === 1 ? '1 minuto' : `${minutes} minutos`}.`,
    test: 'Así recibirá los avisos sobre tareas.',
  },
  de: {
    waiting: (count) => (count === 1 ? '1 Aufgabe wartet' : `${number(count)} Aufgaben warten`),
    fresh: (count) => (count === 1 ? 'Eine neue Aufgabe wartet.' : `${number(count)} neue Aufgaben warten.`),
    ending: (minutes, title) =>
      `Die Zeit für ${title === undefined ? 'eine Ihrer Aufgaben' : `„${title}“`} endet in ${minutes === 1 ? '1 Minute' : `${minutes} Minuten`}.`,
    test: 'So erfahren Sie von Aufgaben.',
  },
  ja: {
    waiting: (count) => `待機中のタスクが ${number(count)} 件あります`,
    fresh: (count) => `新しいタスクが ${number(count)} 件あります。`,
    ending: (minutes, title) =>
      `${title === undefined ? '作業中のタスク' : `「${title}」`}の時間は残り ${minutes} 分です。`,
    test: 'タスクのお知らせはこのように届きます。',
  },
};

/** English where the language is none of ours. */
export const noticeWords = (language: string): NoticeWords =>
  Object.hasOwn(others, language) ? others[language]! : english;

/** Before a page's title. */
export const titleCount = (count: number): string => (count === 0 ? '' : `(${number(count)}) `);
