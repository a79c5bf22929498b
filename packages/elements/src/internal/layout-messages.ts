import { inLanguages } from './language.ts';

/** What tabs, dialogs and toasts of a template say where the template says nothing. */
export const layoutMessages = inLanguages({
  en: {
    openModal: 'Click to open modal',
    tab: (number: number) => `Tab ${number}`,
  },
  es: {
    openModal: 'Abrir la ventana',
    tab: (number) => `Pestaña ${number}`,
  },
  de: {
    openModal: 'Fenster öffnen',
    tab: (number) => `Reiter ${number}`,
  },
  ja: {
    openModal: 'ウィンドウを開く',
    tab: (number) => `タブ ${number}`,
  },
});
