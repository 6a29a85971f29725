"use server";
import { action } from "@/lib/platform/http/action";
import { setLikeSchema, setSavedSchema } from "./schemas";
import * as service from "./service";

export const setLike = action({ schema: setLikeSchema }, ({ viewer, input }) => service.setLike(viewer, input.post_id, input.liked));
export const setSaved = action({ schema: setSavedSchema }, ({ viewer, input }) => service.setSaved(viewer, input.post_id, input.saved));
