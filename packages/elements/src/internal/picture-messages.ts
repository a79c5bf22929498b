import { inLanguages } from './language.ts';

/** What the image classifiers say to a worker. */
export const pictureMessages = inLanguages({
  en: {
    image: 'Image to classify',
    view: 'View of the image',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Fit',
    overlay: 'Layer over the image',
    opacity: 'Opacity',
    overlayFailed: 'The layer over the image could not be loaded.',
    unplaced: (count: number) =>
      count === 1
        ? 'One box has no proper place and cannot be shown.'
        : `${count} boxes have no proper place and cannot be shown.`,
    comment: 'Add a comment',
    yourComment: 'Your comment',
    done: 'Done',
    none: 'None',
  },
  es: {
    image: 'Imagen que clasificar',
    view: 'Vista de la imagen',
    zoomIn: 'Acercar',
    zoomOut: 'Alejar',
    fit: 'Ajustar',
    overlay: 'Capa sobre la imagen',
    opacity: 'Opacidad',
    overlayFailed: 'No se ha podido cargar la capa sobre la imagen.',
    unplaced: (count) =>
      count === 1
        ? 'Un recuadro no tiene un lugar válido y no se puede mostrar.'
        : `${count} recuadros no tienen un lugar válido y no se pueden mostrar.`,
    comment: 'Añadir un comentario',
    yourComment: 'Su comentario',
    done: 'Listo',
    none: 'Ninguna',
  },
  de: {
    image: 'Bild zum Einordnen',
    view: 'Ansicht des Bildes',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fit: 'Einpassen',
    overlay: 'Ebene über dem Bild',
    opacity: 'Deckkraft',
    overlayFailed: 'Die Ebene über dem Bild konnte nicht geladen werden.',
    unplaced: (count) =>
      count === 1
        ? 'Ein Rahmen hat keinen gültigen Platz und wird nicht gezeigt.'
        : `${count} Rahmen haben keinen gültigen Platz und werden nicht gezeigt.`,
    comment: 'Kommentar hinzufügen',
    yourComment: 'Ihr Kommentar',
    done: 'Fertig',
    none: 'Keine',
  },
  ja: {
    image: '分類する画像',
    view: '画像の表示',
    zoomIn: '拡大',
    zoomOut: '縮小',
    fit: '全体を表示',
    overlay: '画像に重ねる表示',
    opacity: '不透明度',
    overlayFailed: '画像に重ねる表示を読み込めませんでした。',
    unplaced: (count) => `${count}個の枠は位置が正しくないため表示できません。`,
    comment: 'コメントを追加',
    yourComment: 'コメント',
    done: '完了',
    none: '該当なし',
  },
});
