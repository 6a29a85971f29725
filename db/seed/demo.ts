import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase } from "@/db/client";
import { hashPassword } from "@/lib/accounts/password-hash";
import { env } from "@/lib/platform/env";
import { composeCommunity } from "./community/compose";
import { idMaker } from "./community/ids";
import { planNotices } from "./community/notices";
import { type MediaRow, storePicture } from "./community/pictures";
import type { Plan } from "./community/plan";
import { writeCommunity } from "./community/write";
import { PEOPLE } from "./people";
import { develop } from "./photos/lab";
import type { LabOrder } from "./photos/lab-worker";
import { PHOTO_STYLE } from "./photos/catalogue";
import { isAdministrator, isDemoThere, makeDemoPassword, readDemoPassword } from "./presence";
import { progress, say } from "./say";

/** Fills an empty server with the demo community, or says that it is there. `program` is run again by worker threads. */
export async function seedDemo(program: URL): Promise<void> {
  try {
    if (await isDemoThere()) say("The demo community is already there.");
    else await build(program);
    await tellLogIn();
  } finally {
    await closeDatabase();
  }
}

async function build(program: URL): Promise<void> {
  const began = performance.now(), now = new Date();
  const plan = composeCommunity(now);
  const media = await takePhotos(program, plan);
  const password = await makeDemoPassword();
  const notices = planNotices(plan, now, idMaker());
  await writeCommunity({ plan, media, notices, passwordHash: await hashPassword(password), now });
  const photos = plan.posts.reduce((sum, post) => sum + post.series.shots, 0);
  say(`${plan.members.length} people, ${plan.posts.length} posts with ${photos} photos, ${plan.follows.length} follows, ${plan.likes.length} likes and ${plan.comments.length} comments in ${Math.round((performance.now() - began) / 1000)} s.`);
}

/** Paints (or takes from an earlier run) every picture and puts it into storage. */
async function takePhotos(program: URL, plan: Plan): Promise<MediaRow[]> {
  const keep = join(env().DATA_DIR, "demo-photos", PHOTO_STYLE), dir = await mkdtemp(join(tmpdir(), "heliograph-demo-"));
  const id = idMaker(), rows: MediaRow[] = [];
  const orders = new Map<string, { order: LabOrder; whose: (i: number) => Parameters<typeof storePicture>[1] }>();
  for (const member of plan.members) {
    const name = `avatar-${member.username}`;
    orders.set(name, { order: { name, keep, dir, avatar: member.username, thing: member.avatarOfThing ? member.families[0]! : null }, whose: () => ({ purpose: "avatar", id: id(member.joined), ownerId: member.id, at: member.joined }) });
  }
  for (const post of plan.posts) {
    const name = post.series.seed.replace(" ", "-");
    orders.set(name, { order: { name, keep, dir, series: post.series }, whose: (i) => ({ purpose: "post", id: id(new Date(post.at.getTime() - 20_000)), ownerId: post.author.id, at: post.at, postId: post.id, position: i, alt: post.alts[i]! }) });
  }
  const total = plan.members.length + plan.posts.reduce((sum, post) => sum + post.series.shots, 0);
  const shown = progress("Taking the photos", total);
  try {
    await develop(program, [...orders.values()].map(({ order }) => order), async (order, pictures) => {
      const { whose } = orders.get(order.name)!;
      for (const [i, picture] of pictures.entries()) {
        rows.push(await storePicture(picture, whose(i)));
        await rm(picture.dir, { recursive: true, force: true });
      }
      shown(pictures.length);
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  return rows;
}

async function tellLogIn(): Promise<void> {
  const password = await readDemoPassword(), [first] = PEOPLE;
  if (password === null) return say("The password of the demo people was kept in another data folder.");
  say(`Log in as ${first!.username}${(await isAdministrator(first!.username)) ? ", the administrator," : ""} with the password ${password}`);
  say("All demo people share it: try noor.haddad, whom everybody follows, or clara.weiss, whose account is private.");
  say("This is made up, for looking around: keep it off servers that others can reach.");
}
