// What we say on the page of a task. All languages travel with the prelude: they are few words, and nothing can be waited for.
const english = {
  noForm:
    'This template has no crowd-form element, so no answer can be submitted. Decline or release the task, and tell the people who sent it.',
  draftTooLarge: 'What was entered is larger than 8 MB, so it is not kept should this page close. It can be submitted.',
  sensitive: 'Pictures and videos of this task are blurred. Point at one, tap it or move the focus to it to see it.',
  showAll: 'Show all',
  blurAll: 'Blur all',
  shown: 'Everything is shown.',
  blurred: 'Pictures and videos are blurred.',
  picture: 'Blurred picture: focus shows it',
};
type Words = typeof english;

const others: { readonly [language: string]: Words } = {
  es: {
    noForm:
      'Esta plantilla no tiene ningún elemento crowd-form, así que no se puede enviar ninguna respuesta. Rechace o devuelva la tarea y avise a quien la envió.',
    draftTooLarge:
      'Lo introducido ocupa más de 8 MB, por lo que no se conserva si se cierra esta página. Se puede enviar.',
    sensitive:
      'Las imágenes y los vídeos de esta tarea están difuminados. Apunte a uno, tóquelo o lleve el foco a él para verlo.',
    showAll: 'Mostrar todo',
    blurAll: 'Difuminar todo',
    shown: 'Se muestra todo.',
    blurred: 'Las imágenes y los vídeos están difuminados.',
    picture: 'Imagen difuminada: se muestra al recibir el foco',
  },
  de: {
    noForm:
      'Diese Vorlage hat kein crowd-form-Element, deshalb kann keine Antwort abgeschickt werden. Lehnen Sie die Aufgabe ab oder geben Sie sie zurück, und sagen Sie es denen, die sie geschickt haben.',
    draftTooLarge:
      'Die Eingaben sind größer als 8 MB und bleiben nicht erhalten, wenn diese Seite geschlossen wird. Sie können abgeschickt werden.',
    sensitive:
      'Bilder und Videos dieser Aufgabe sind unscharf. Zeigen Sie auf eines, tippen Sie es an oder setzen Sie den Fokus darauf, um es zu sehen.',
    showAll: 'Alles zeigen',
    blurAll: 'Alles unscharf',
    shown: 'Alles wird gezeigt.',
    blurred: 'Bilder und Videos sind unscharf.',
    picture: 'Unscharfes Bild: der Fokus zeigt es',
  },
  ja: {
    noForm:
      'このテンプレートには crowd-form 要素がないため、回答を提出できません。タスクを辞退または返却し、送信者に知らせてください。',
    draftTooLarge: '入力した内容が 8 MB を超えるため、このページを閉じると残りません。提出はできます。',
    sensitive:
      'このタスクの画像と動画はぼかしてあります。ポインターを合わせるか、タップするか、フォーカスを移すと表示されます。',
    showAll: 'すべて表示',
    blurAll: 'すべてぼかす',
    shown: 'すべて表示しています。',
    blurred: '画像と動画をぼかしています。',
    picture: 'ぼかした画像（フォーカスすると表示）',
  },
};

/** English where the language is none of ours. */
export const wordsIn = (language: string): Words => (Object.hasOwn(others, language) ? others[language]! : english);
