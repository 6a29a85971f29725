import { headers } from "next/headers";

const cards = Array.from({ length: 20 }, (_, i) => i);

/** A dynamic page of twenty cards without any data. */
export default async function Cards() {
  const agent = (await headers()).get("user-agent");
  return (
    <main>
      <p>{agent}</p>
      {cards.map((i) => (
        <article key={i}>
          <header><img src={`/a/${i}.jpg`} width={40} height={40} alt="" /><a href={`/person${i}`}>person{i}</a><time dateTime="2026-01-01">1 d</time></header>
          <picture><source srcSet={`/m/${i}/320.avif 320w, /m/${i}/640.avif 640w, /m/${i}/1080.avif 1080w`} type="image/avif" /><img src={`/m/${i}/640.jpg`} width={640} height={480} alt="A photo" /></picture>
          <p><button type="button">Like</button><button type="button">Comment</button><button type="button">Share</button><button type="button">Save</button></p>
          <p>{i} likes</p>
          <p>A caption of ordinary length with <a href="/tags/tag">#tag</a> and a mention of <a href="/someone">@someone</a>.</p>
        </article>
      ))}
    </main>
  );
}
