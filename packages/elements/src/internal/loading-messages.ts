import { inLanguages } from './language.ts';

/** What a worker is told of an image that is on its way, or does not come. */
export const loadingMessages = inLanguages({
  en: {
    noImage: 'This task names no image.',
    loading: 'The image is loading …',
    slow: 'The image takes long to load.',
    retry: 'Try again',
    refused: (status: number) =>
      `The image may not be seen (${status}). Its address may have run out: please reload the task.`,
    failed: (status: number) =>
      status === 404
        ? 'The image was not found (404). Please tell whoever made this task.'
        : `The server of the image has answered with an error (${status}).`,
    notAnImage: (type: string) =>
      `What the address of the image leads to is no image${type === '' ? '' : ` (${type})`}.`,
    unreachable: 'The image could not be loaded: its server was not reached or does not allow it.',
    noSize: 'The image has no size of its own.',
    notReadable: 'The server of this image lets no page read it. It may be shown turned as its metadata say.',
  },
  es: {
    noImage: 'Esta tarea no indica ninguna imagen.',
    loading: 'La imagen se está cargando…',
    slow: 'La imagen tarda en cargarse.',
    retry: 'Intentar de nuevo',
    refused: (status) =>
      `No se permite ver la imagen (${status}). Su dirección puede haber caducado: vuelva a cargar la tarea.`,
    failed: (status) =>
      status === 404
        ? 'No se ha encontrado la imagen (404). Avise a quien haya creado esta tarea.'
        : `El servidor de la imagen ha respondido con un error (${status}).`,
    notAnImage: (type) => `La dirección de la imagen no lleva a una imagen${type === '' ? '' : ` (${type})`}.`,
    unreachable: 'No se ha podido cargar la imagen: no se ha llegado a su servidor o este no lo permite.',
    noSize: 'La imagen no tiene tamaño propio.',
    notReadable: 'El servidor de esta imagen no deja leerla. Puede verse girada según sus metadatos.',
  },
  de: {
    noImage: 'Diese Aufgabe nennt kein Bild.',
    loading: 'Das Bild wird geladen …',
    slow: 'Das Bild braucht lange.',
    retry: 'Noch einmal versuchen',
    refused: (status) =>
      `Das Bild darf nicht gezeigt werden (${status}). Vielleicht ist seine Adresse abgelaufen: Bitte laden Sie die Aufgabe neu.`,
    failed: (status) =>
      status === 404
        ? 'Das Bild wurde nicht gefunden (404). Bitte sagen Sie es denen, die diese Aufgabe gemacht haben.'
        : `Der Server des Bildes meldet einen Fehler (${status}).`,
    notAnImage: (type) => `Unter der Adresse des Bildes liegt kein Bild${type === '' ? '' : ` (${type})`}.`,
    unreachable: 'Das Bild konnte nicht geladen werden: Sein Server war nicht zu erreichen oder erlaubt es nicht.',
    noSize: 'Das Bild hat keine eigene Größe.',
    notReadable:
      'Der Server dieses Bildes lässt keine Seite es lesen. Es kann so gedreht erscheinen, wie seine Metadaten sagen.',
  },
  ja: {
    noImage: 'このタスクには画像の指定がありません。',
    loading: '画像を読み込んでいます…',
    slow: '画像の読み込みに時間がかかっています。',
    retry: 'もう一度試す',
    refused: (status) =>
      `画像を表示する権限がありません（${status}）。アドレスの期限が切れた可能性があります。タスクを再読み込みしてください。`,
    failed: (status) =>
      status === 404
        ? '画像が見つかりません（404）。タスクの作成者に知らせてください。'
        : `画像のサーバーがエラーを返しました（${status}）。`,
    notAnImage: (type) => `画像のアドレスの先は画像ではありません${type === '' ? '' : `（${type}）`}。`,
    unreachable: '画像を読み込めませんでした。サーバーに接続できないか、許可されていません。',
    noSize: 'この画像には固有の大きさがありません。',
    notReadable: 'この画像のサーバーは読み取りを許可していません。メタデータに従って回転して表示されることがあります。',
  },
});
