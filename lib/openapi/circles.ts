import { z } from "zod";
import { circlePageSchema, circleSchema, circlesQuerySchema, memberParam } from "@/lib/graph/schemas";
import { idParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { userParam } from "@/lib/profiles/schemas";
import { circle, id, pagination, user } from "./shapes";

const state = (name: string) => z.strictObject({ [name]: z.boolean() });

const circles = { group: "Circles", auth: "required" as const };
const near = { group: "People", auth: "required" as const };

/** Groups of people for whom one posts, and what else one keeps of others to oneself. */
export const circleEndpoints: Endpoint[] = [
  { ...circles, method: "GET", path: "/api/circles", summary: "One's circles", details: "All of them, close friends first. Nobody but their owner learns of them.", query: circlesQuerySchema, answers: { 200: z.strictObject({ circles: z.array(circle), with_user: z.array(id).optional().describe("With `user_id`: those in which this person is") }) } },
  { ...circles, method: "POST", path: "/api/circles", summary: "Make a circle", body: circleSchema, isRepeatable: true, answers: { 201: circle }, errors: [409] },
  { ...circles, method: "GET", path: "/api/circles/{id}", summary: "A circle and who is in it", params: idParam, query: circlePageSchema, answers: { 200: z.strictObject({ circle, users: z.array(user), pagination }) } },
  { ...circles, method: "PATCH", path: "/api/circles/{id}", summary: "Rename a circle", params: idParam, body: circleSchema, answers: { 200: circle }, errors: [409] },
  { ...circles, method: "DELETE", path: "/api/circles/{id}", summary: "Delete a circle", details: "What was posted for it alone is then for its author alone. Close friends stays.", params: idParam, answers: { 204: null }, errors: [422] },
  { ...circles, method: "PUT", path: "/api/circles/{id}/members/{user_id}", summary: "Put somebody into a circle", details: "They are not told.", params: memberParam, answers: { 200: state("member") }, errors: [422] },
  { ...circles, method: "DELETE", path: "/api/circles/{id}/members/{user_id}", summary: "Take somebody out of a circle", details: "They are not told, and at once see none of its posts.", params: memberParam, answers: { 200: state("member") } },
  { ...near, method: "POST", path: "/api/users/{id}/restrict", summary: "Restrict", details: "Their comments wait for one's word, and they see no read marks. They don't learn of it.", params: userParam, answers: { 200: state("restricting") }, errors: [422] },
  { ...near, method: "DELETE", path: "/api/users/{id}/restrict", summary: "Take that back", params: userParam, answers: { 200: state("restricting") }, errors: [422] },
  { ...near, method: "POST", path: "/api/users/{id}/favourite", summary: "Put somebody one follows among one's favourites", params: userParam, answers: { 200: state("favourite") }, errors: [422] },
  { ...near, method: "DELETE", path: "/api/users/{id}/favourite", summary: "Take them out", params: userParam, answers: { 200: state("favourite") }, errors: [422] },
];
