import type { Routes } from "@/lib/platform/http/front-routes";
import { GET as explore } from "./explore/route";
import { GET as feed } from "./feed/route";
import { GET as notifications } from "./notifications/route";
import { DELETE as unlike, POST as like } from "./posts/[id]/like/route";
import { GET as post } from "./posts/[id]/route";
import { DELETE as unfollow, POST as follow } from "./users/[id]/follow/route";
import { GET as postsOf } from "./users/[id]/posts/route";
import { GET as profile } from "./users/[id]/route";

/** What is asked of the API most often: the front answers it without Next (front-routes.ts). */
export const mostAsked: Routes = {
  "/api/explore": { GET: explore },
  "/api/feed": { GET: feed },
  "/api/notifications": { GET: notifications },
  "/api/posts/[id]": { GET: post },
  "/api/posts/[id]/like": { POST: like, DELETE: unlike },
  "/api/users/[id]": { GET: profile },
  "/api/users/[id]/follow": { POST: follow, DELETE: unfollow },
  "/api/users/[id]/posts": { GET: postsOf },
};
