/** Where an S3 object store is: one bucket of the operator's, and a prefix in it. */
export interface S3Place {
  readonly bucket: string;
  /** '' or ends with a slash. */
  readonly prefix: string;
  /** By default Amazon's, by the region. */
  readonly endpoint?: string;
  /** By default what the AWS settings say. */
  readonly region?: string;
  /** Whether the bucket is named in the path and not in the host's name. */
  readonly pathStyle: boolean;
}

/** As it is written and compared: without what only says how it is reached. */
export const nameOfPlace = ({ bucket, prefix }: S3Place): string => `s3://${bucket}/${prefix}`.replace(/\/$/, '');

/** For people: with the endpoint. */
export const shownPlace = (place: S3Place): string =>
  place.endpoint === undefined ? nameOfPlace(place) : `${nameOfPlace(place)} at ${place.endpoint}`;
