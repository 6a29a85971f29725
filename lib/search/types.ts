export type { PlaceView, TagView } from "@/lib/posts/types";
