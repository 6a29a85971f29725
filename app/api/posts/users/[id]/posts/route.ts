/** The founding path of a person's posts. */
export { GET } from "@/app/api/users/[id]/posts/route";
