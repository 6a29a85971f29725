import { makeJpeg } from "../../e2e/fixtures/photos";
import { plainSharp } from "../floors";
import { measuredOf } from "../load";
import { signIn } from "../people";
import { dropBacklog } from "../quiet";
import type { Line } from "../report";
import { url } from "./lanes";

export async function photo(): Promise<Line[]> {
  await dropBacklog();
  const [person] = await signIn(1);
  const bytes = await makeJpeg(7, 4000, 3000);
  const floor = { name: "plain sharp, 4 sizes in 2 formats", measured: await plainSharp(bytes) };
  const accepted: number[] = [];
  const published: number[] = [];
  for (let i = 0; i < 8; i++) {
    const form = new FormData();
    form.append("image", new File([new Uint8Array(bytes)], "photo.jpg", { type: "image/jpeg" }));
    const began = performance.now();
    const answer = await fetch(`${url()}/api/posts`, { method: "POST", body: form, headers: person!.headers });
    const post = await answer.json();
    if (answer.status !== 201) throw new Error(JSON.stringify(post));
    accepted.push(performance.now() - began);
    for (let status = post.status; status !== "published"; ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      status = (await (await fetch(`${url()}/api/posts/${post.id}`, { headers: person!.headers })).json()).status;
      if (status === "failed") throw new Error("The photo failed.");
    }
    published.push(performance.now() - began);
  }
  return [
    { work: `12-megapixel JPEG (${(bytes.length / 1e6).toFixed(1)} MB): visible to its author`, lanes: 1, measured: measuredOf(accepted), floor },
    { work: "… visible to followers", lanes: 1, measured: measuredOf(published), floor },
  ];
}
