// The crowd-* elements: which of them Holdpoint serves, what they answer, and what they cannot do without.

export interface CrowdElementFacts {
  /** False: a page shows a notice in its place. */
  readonly served: boolean;
  /** What it adds to the answer under its name; undefined when it adds nothing, or under a fixed name. */
  readonly answers?: 'value' | 'toggle' | 'object';
  /** Attributes without which workers cannot answer. */
  readonly required?: readonly string[];
  /** What stands in it is not shown. */
  readonly hidesContent?: true;
}

const control = { served: true, answers: 'value' } as const;
const textControl = { ...control, hidesContent: true } as const;
const toggle = { served: true, answers: 'toggle' } as const;
const classifier = { served: true, answers: 'object', required: ['categories'] } as const;
const imageClassifier = { served: false, answers: 'object', required: ['categories', 'src'] } as const;
const imageTool = { served: false, answers: 'object', required: ['labels', 'src'] } as const;

/** By tag. A test compares `served` with what packages/elements registers. */
export const crowdElements: ReadonlyMap<string, CrowdElementFacts> = new Map(
  Object.entries<CrowdElementFacts>({
    'crowd-alert': { served: true },
    'crowd-badge': { served: false },
    'crowd-bounding-box': imageTool,
    'crowd-button': { served: true },
    'crowd-card': { served: true },
    'crowd-checkbox': toggle,
    'crowd-classifier': classifier,
    'crowd-classifier-multi-select': classifier,
    'crowd-entity-annotation': { served: false, answers: 'object', required: ['text', 'labels'] },
    'crowd-fab': { served: false },
    'crowd-form': { served: true },
    'crowd-icon-button': { served: false },
    'crowd-image-classifier': imageClassifier,
    'crowd-image-classifier-multi-select': imageClassifier,
    'crowd-input': textControl,
    'crowd-instance-segmentation': imageTool,
    'crowd-instructions': { served: true },
    'crowd-keypoint': imageTool,
    'crowd-line': imageTool,
    'crowd-modal': { served: false },
    'crowd-polygon': imageTool,
    'crowd-polyline': imageTool,
    'crowd-question-answer-generation': { served: false, answers: 'object' },
    'crowd-radio-button': toggle,
    'crowd-radio-group': { served: true },
    'crowd-rekognition-detect-moderation-labels': { served: false },
    'crowd-semantic-segmentation': imageTool,
    'crowd-slider': control,
    'crowd-slider-label': { served: true },
    'crowd-tab': { served: false },
    'crowd-tabs': { served: false },
    'crowd-text-area': textControl,
    'crowd-text-ranking': { served: false },
    'crowd-textract-analyze-document': { served: false },
    'crowd-toast': { served: false },
    'crowd-toggle-button': toggle,
  }),
);

/** The tags of the elements that a page can use: what is suggested is among them. */
export const servedTags: readonly string[] = [...crowdElements].flatMap(([tag, { served }]) => (served ? [tag] : []));

/** Attributes that hold lists, on whichever element. */
export const listAttributes: readonly string[] = ['categories', 'labels'];
