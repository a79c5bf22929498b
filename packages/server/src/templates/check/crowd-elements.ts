// The crowd-* elements: what they answer, and what they cannot do without.

export interface CrowdElementFacts {
  /** What it adds to the answer under its name; undefined when it adds nothing, or under a fixed name. */
  readonly answers?: 'value' | 'toggle' | 'object';
  /** Attributes without which workers cannot answer. */
  readonly required?: readonly string[];
  /** What stands in it is not shown. */
  readonly hidesContent?: true;
}

const control = { answers: 'value' } as const;
const textControl = { ...control, hidesContent: true } as const;
const toggle = { answers: 'toggle' } as const;
const classifier = { answers: 'object', required: ['categories'] } as const;
const imageClassifier = { answers: 'object', required: ['categories', 'src'] } as const;
const imageTool = { answers: 'object', required: ['labels', 'src'] } as const;

/** By tag. A test compares them with what packages/elements has. */
export const crowdElements: ReadonlyMap<string, CrowdElementFacts> = new Map(
  Object.entries<CrowdElementFacts>({
    'crowd-alert': {},
    'crowd-badge': {},
    'crowd-bounding-box': imageTool,
    'crowd-button': {},
    'crowd-card': {},
    'crowd-checkbox': toggle,
    'crowd-classifier': classifier,
    'crowd-classifier-multi-select': classifier,
    'crowd-entity-annotation': { answers: 'object', required: ['text', 'labels'] },
    'crowd-fab': {},
    'crowd-form': {},
    'crowd-icon-button': {},
    'crowd-image-classifier': imageClassifier,
    'crowd-image-classifier-multi-select': imageClassifier,
    'crowd-input': textControl,
    'crowd-instance-segmentation': imageTool,
    'crowd-instructions': {},
    'crowd-keypoint': imageTool,
    'crowd-line': imageTool,
    'crowd-modal': {},
    'crowd-polygon': imageTool,
    'crowd-polyline': imageTool,
    'crowd-question-answer-generation': { answers: 'object', required: ['text'] },
    'crowd-radio-button': toggle,
    'crowd-radio-group': {},
    'crowd-rekognition-detect-moderation-labels': { required: ['src', 'categories'] },
    'crowd-semantic-segmentation': imageTool,
    'crowd-slider': control,
    'crowd-slider-label': {},
    'crowd-tab': {},
    'crowd-tabs': {},
    'crowd-text-area': textControl,
    'crowd-text-ranking': { required: ['text', 'responses', 'ordinal-ranking-dimensions'] },
    'crowd-textract-analyze-document': { required: ['src'] },
    'crowd-toast': {},
    'crowd-toggle-button': toggle,
  }),
);

/** Attributes that hold lists, on whichever element. */
export const listAttributes: readonly string[] = [
  'block-types',
  'categories',
  'keys',
  'label-colors',
  'labels',
  'ordinal-ranking-dimensions',
  'question-tags',
  'responses',
];
