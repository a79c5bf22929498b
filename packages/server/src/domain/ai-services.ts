/** The AI services of AWS in front of which this server can stand, and the operations of theirs with which reviews begin. */
import type { ManagedSource } from '@holdpoint/protocol';

export type AiService = 'textract' | 'rekognition';

export interface AiServiceFacts {
  readonly name: string;
  /** What stands before the dot in `X-Amz-Target`. */
  readonly targetPrefix: string;
  /** The setting that says where the service is. */
  readonly flag: string;
  /**
   * Members of its synchronous operations that hold a picture, as `Bytes` or as `S3Object`, one or a list of them. Operations
   * that run on their own take objects only.
   */
  readonly pictureMembers: readonly string[];
  /** The largest picture that it takes as bytes (quotas pages of both developer guides). */
  readonly mostBytes: number;
  readonly tooLarge: string;
}

export const aiServices: { readonly [S in AiService]: AiServiceFacts } = {
  textract: {
    name: 'Textract',
    targetPrefix: 'Textract',
    flag: '--textract-endpoint',
    pictureMembers: ['Document', 'DocumentPages'],
    mostBytes: 10 * 1024 * 1024,
    tooLarge: 'DocumentTooLargeException',
  },
  rekognition: {
    name: 'Rekognition',
    targetPrefix: 'RekognitionService',
    flag: '--rekognition-endpoint',
    pictureMembers: ['Image', 'SourceImage', 'TargetImage'],
    mostBytes: 5 * 1024 * 1024,
    tooLarge: 'ImageTooLargeException',
  },
};

export const isAiService = (service: string | undefined): service is AiService =>
  service !== undefined && Object.hasOwn(aiServices, service);

/** An operation that takes `HumanLoopConfig`. */
export interface ManagedTask {
  readonly source: ManagedSource;
  readonly service: AiService;
  readonly operation: string;
  /** The member of its request that holds the picture which people see. */
  readonly picture: 'Document' | 'Image';
  /** The name of the human task UI that comes with the server. */
  readonly uiName: string;
}

export const managedTasks: readonly ManagedTask[] = [
  {
    source: 'AWS/Textract/AnalyzeDocument/Forms/V1',
    service: 'textract',
    operation: 'AnalyzeDocument',
    picture: 'Document',
    uiName: 'holdpoint-textract-analyze-document',
  },
  {
    source: 'AWS/Rekognition/DetectModerationLabels/Image/V3',
    service: 'rekognition',
    operation: 'DetectModerationLabels',
    picture: 'Image',
    uiName: 'holdpoint-rekognition-detect-moderation-labels',
  },
];
