// What the corpus has to have at least once: all that is documented, and all that was seen in use.

const fields =
  'name value label placeholder required disabled auto-focus max-length auto-validate allowed-pattern error-message read-only';
const image = 'name src labels header label-colors initial-value';
const classifier = 'name header categories';

/** Elements and regions, each with its attributes. */
const elements: Readonly<Record<string, string>> = {
  'crowd-form': 'answer-format id style onsubmit',
  'crowd-input': `${fields} type min-length maxlength minlength list`,
  'crowd-text-area': `${fields} rows max-rows char-counter`,
  'crowd-checkbox': 'name value checked disabled required',
  'crowd-toggle-button': 'name value checked disabled required invalid',
  'crowd-radio-button': 'name value checked disabled required',
  'crowd-radio-group': 'name allow-empty-selection disabled required',
  'crowd-slider': 'name min max step value pin editable secondary-progress disabled required max-length',
  'crowd-slider-label': 'position',
  'crowd-button':
    'variant form-action href target icon icon-align icon-url disabled loading wrap-text onclick secondary size style',
  'crowd-icon-button': 'icon disabled title alt',
  'crowd-fab': 'icon disabled title label',
  'iron-icon': 'icon',
  'crowd-badge': 'for icon label',
  'crowd-alert': 'type dismissible visible',
  'crowd-card': 'heading image alt',
  'crowd-tabs': '',
  'crowd-tab': 'header',
  'crowd-modal': 'link-text link-type size',
  'crowd-toast': 'duration text opened',
  'crowd-instructions': 'link-text link-type',
  'crowd-classifier': `${classifier} initial-value exclusion-category`,
  'crowd-classifier-multi-select': `${classifier} initial-value exclusion-category`,
  'crowd-image-classifier': `${classifier} src overlay`,
  'crowd-image-classifier-multi-select': `${classifier} src exclusion-category`,
  'crowd-bounding-box': image,
  'crowd-polygon': image,
  'crowd-polyline': `${image.replace('initial-value', 'initialvalue')}`,
  'crowd-line': `${image.replace('initial-value', 'initialvalue')}`,
  'crowd-keypoint': image,
  'crowd-semantic-segmentation': image,
  'crowd-instance-segmentation': 'name src labels header initialvalue',
  'crowd-entity-annotation': 'name header text labels initial-value',
  'crowd-rekognition-detect-moderation-labels': 'src header categories exclusion-category',
  'crowd-textract-analyze-document': 'src header initial-value block-types keys no-key-edit no-geometry-edit',
  'crowd-text-ranking': 'name text responses ordinal-ranking-dimensions',
  'crowd-question-answer-generation':
    'name text min-questions max-questions question-min-words question-max-words answer-min-words answer-max-words question-tags allow-custom-question-tags',
  'classification-target': '',
  'short-instructions': 'header',
  'full-instructions': 'header',
  'worker-comment': 'header link-text placeholder',
  'short-summary': '',
  'detailed-instructions': '',
  'positive-example': '',
  'negative-example': '',
  img: 'src',
  audio: 'src controls',
  video: 'src controls',
  source: 'src type',
  iframe: 'src',
  select: 'name required multiple',
  textarea: 'name',
  button: 'type onclick',
  form: '',
  table: '',
  fieldset: 'disabled',
};

const nativeTypes = ['text', 'number', 'date', 'hidden', 'checkbox', 'radio'];

const liquid = [
  '| grant_read_access',
  "'literal' | grant_read_access",
  '| escape',
  '| to_json',
  '| to_json | escape',
  '| round',
  '| round:',
  '| times:',
  '| divided_by:',
  '| plus:',
  '| append:',
  '| size',
  '| skip_autoescape',
  '| filter: variable',
  '{% for %}',
  '{% else %}',
  '{% if %}',
  '{% elsif %}',
  '{% capture %}',
  '{% assign %}',
  '{% increment %}',
  '{% comment %}',
  'forloop.index',
  'forloop.index0',
  'forloop.parentloop.index',
  ...['==', '!=', '<', '>', 'and', 'or', 'null', 'empty'].map((name) => `operator ${name}`),
  "['key']",
  '[variable]',
  '[0]',
  'name?',
  'task.input',
];

/** Groups of cells; to them come all quirks and habits. */
export const requiredCells: Readonly<Record<string, readonly string[]>> = {
  'elements and attributes': Object.entries(elements).flatMap(([tag, attributes]) => [
    tag,
    ...attributes
      .split(' ')
      .filter(Boolean)
      .map((name) => `${tag} ${name}`),
  ]),
  'native controls': nativeTypes.map((type) => `input[type=${type}]`),
  liquid,
};
