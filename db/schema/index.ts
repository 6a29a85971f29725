export * from "./accounts";
export * from "./comments";
export * from "./explore";
export * from "./graph";
export * from "./interactions";
export * from "./media";
export * from "./notifications";
export * from "./posts";
