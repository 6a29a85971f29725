"use server";
import { refresh } from "next/cache";
import { proofSchema } from "@/lib/accounts/sign-in-schemas";
import { formAction } from "@/lib/platform/http/action";
import { requestExport } from "./service";

export const packMyData = formAction({ schema: proofSchema }, async ({ viewer, input }) => {
  await requestExport(viewer, input);
  refresh();
});
