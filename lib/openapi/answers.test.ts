import { beforeAll, describe, expect, it, vi } from "vitest";
import { registry } from "@/lib/jobs";
import { makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";
import { takePushes } from "@/lib/testing/push-tour";
import { liveThrough } from "@/lib/testing/lifecycle-tour";
import { actOnPeople } from "@/lib/testing/people-tour";
import { talk } from "@/lib/testing/message-tour";
import { quarters } from "@/lib/testing/pictures";
import { postAndReact, putBytes } from "@/lib/testing/posting-tour";
import { answered, ask } from "@/lib/testing/published";
import { readEverything } from "@/lib/testing/reading-tour";
import { passOn } from "@/lib/testing/sharing-tour";
import { signInInEveryWay } from "@/lib/testing/sign-in-tour";
import { endpoints } from "./api";
import { frontEndpoints } from "./reading";

// Before anything that is loaded reads them.
vi.hoisted(() => Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_LOGIN_PER_MINUTE: "1000", LIMIT_SIGNUP_PER_HOUR: "1000", LIMIT_POSTS_PER_HOUR: "1000", LIMIT_COMMENTS_PER_MINUTE: "1000", LIMIT_MAILS_PER_HOUR: "1000" }));

beforeAll(async () => {
  await installJobs(registry);
});

describe("real answers", () => {
  it("are what is published, at every endpoint", async () => {
    const registered = await ask("POST", "/api/auth/register", { body: { username: "openbook", email: "openbook@example.org", password: "Sunlit-Harbour-42", full_name: "Open" } });
    const entered = await ask("POST", "/api/auth/login", { body: { login: "openbook", password: "Sunlit-Harbour-42" } });
    await ask("POST", "/api/auth/logout", { as: entered.body.token });
    const changed = await ask("POST", "/api/me/password", { as: registered.body.token, body: { current_password: "Sunlit-Harbour-42", new_password: "Quiet-Meadow-77" } });
    const self = changed.body.token as string;
    const selfId = registered.body.user.id as string;

    const photo = await quarters(640, 480).jpeg().toBuffer();
    const [ada, bob, shy, eve] = [await makeUser({ fullName: "Ada Lovelace" }), await makeUser(), await makeUser({ isPrivate: true }), await makeUser()];
    await ask("GET", "/api/me", { as: self });
    await ask("PATCH", "/api/me", { as: self, body: { bio: "Light", website: "example.org", links: [{ title: "More", url: "https://example.org/more" }], is_private: true } });
    const upload = await ask("POST", "/api/uploads", { as: self, body: { content_type: "image/jpeg", size: photo.length, purpose: "avatar" } });
    await putBytes(upload.body, photo);
    await ask("POST", `/api/uploads/${upload.body.media_id}/complete`, { as: self });
    const large = await ask("POST", "/api/uploads", { as: self, body: { content_type: "image/jpeg", size: 9_000_000 } });
    await ask("POST", `/api/uploads/${large.body.media_id}/parts`, { as: self, body: { parts: [{ number: 2 }] } });
    await ask("GET", `/api/uploads/${large.body.media_id}`, { as: self });
    await ask("DELETE", `/api/uploads/${large.body.media_id}`, { as: self });
    await ask("PUT", "/api/me/avatar", { as: self, body: { media_id: upload.body.media_id } });

    await actOnPeople(ask, { self, selfId, ada, bob, shy, eve });
    const post = await postAndReact(ask, { ada, bob, photo });
    await ask("DELETE", "/api/me/avatar", { as: self });
    await ask("GET", "/api/me/privacy", { as: self });
    await ask("PATCH", "/api/me/privacy", { as: self, body: { comments_from: "old_followers", old_follower_days: 30, sensitive: "hide" } });
    const hidden = await ask("POST", "/api/me/hidden-words", { as: self, body: { phrase: "Spoiler alert", scopes: ["comments", "posts"], lasts: "week" } });
    expect((await ask("GET", "/api/me/hidden-words", { as: self })).body.hidden_words).toHaveLength(1);
    await ask("DELETE", `/api/me/hidden-words/${hidden.body.id}`, { as: self });
    await readEverything(ask, { ada, bob, post });
    await passOn(ask, { ada, bob, eve, post });
    await talk(ask, { ada, bob, eve, post });
    for (const method of ["like", "save"]) await ask("DELETE", `/api/posts/${post}/${method}`, { as: bob });
    await takePushes(ask, ada);
    await liveThrough(ask, { ada, bob, post });
    await ask("DELETE", `/api/posts/${post}`, { as: ada });
    await signInInEveryWay(ask);
    await ask("DELETE", "/api/me", { as: self, body: { password: "Quiet-Meadow-77" } });

    const expected = endpoints.filter((endpoint) => !frontEndpoints.includes(endpoint)).map((endpoint) => `${endpoint.method} ${endpoint.path}`);
    expect([...answered].toSorted()).toEqual(expected.toSorted());
  }, 120_000);
});
