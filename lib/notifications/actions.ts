"use server";
import { action } from "@/lib/platform/http/action";
import { markReadSchema } from "./schemas";
import * as service from "./service";

export const markRead = action({ schema: markReadSchema }, ({ viewer, input }) => service.markRead(viewer, input.up_to ?? null));
