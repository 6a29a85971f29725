/** Where a point of a picture (0..1 from its left and top) lies in the frame that shows it; ratios are width by height. Null outside of what is seen. */
export function pointInFrame({ x, y }: { x: number; y: number }, picture: number, frame: number, fit: "cover" | "contain"): { left: number; top: number } | null {
  const isWider = picture > frame;
  // The side that fills the frame exactly is the wider one's width when it is contained, its height when it covers.
  const [scaleX, scaleY] = fit === "contain" ? (isWider ? [1, frame / picture] : [picture / frame, 1]) : isWider ? [picture / frame, 1] : [1, frame / picture];
  const [left, top] = [0.5 + (x - 0.5) * scaleX, 0.5 + (y - 0.5) * scaleY];
  return left < 0 || left > 1 || top < 0 || top > 1 ? null : { left, top };
}
