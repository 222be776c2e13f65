/** The words of segments. */
export const segmentKinds = ["rules", "list"] as const;
export type SegmentKind = (typeof segmentKinds)[number];
