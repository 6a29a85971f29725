import { skeletonOf } from "./skeleton";

/** Addresses of ours, present and to come (API.md, Pages), and names that would pass for the house itself. */
const RESERVED = `
  about abuse access account accounts activity ad admin administrator administrators ads advertise advertising android api app apps archive
  article articles assets auth authorize billing blocked blog bookmarks business bot camera careers cart checkout circles close-friends
  collections comments community contact cookies copyright create creator creators data day dashboard delete demo dev developer developers
  digest direct discover doctor docs download drafts edit embed everyone error errors events exit explore export faq favicon favourites favorites
  feed feeds feedback follow follow-requests follower followers following forgot forum friends group groups guest guidelines health
  hashtag hashtags helio heliograph help highlights home host hostmaster icon icons image images import inbox index info insights invite
  invites jobs join js json legal library like likes limits link links list lists live local location locations log login logout mail
  manage manifest me media member members mention mentions message messages metrics mobile moderation moderator moderators mute muted
  my myself new news next nobody none noreply no-reply notification notifications null oauth oembed official offline openapi order orders
  owner p page pages password payments people photo photos pinned place places plans policies policy popular post postmaster posts press
  preview privacy private profile profiles public publish push ready recover reel reels register report reports request requests reset
  restricted root rss rules safety saved saves schedule search security security-txt service service-worker services session sessions
  settings share shop shopping signin signout signup sign-in sign-out sign-up site sitemap staff static stats status storage store stories
  story stream studio subscribe suggested suggestions support suspended sw sw.js sysadmin system tag tagged tags team terms test-admin theme
  tools top topic topics trending trust undefined unfollow unknown unsubscribe upload uploads user username users verified verify
  video videos view webhook webhooks webmaster well-known widget www you your
`;

const bare = (name: string) => name.toLowerCase().replace(/[._-]/g, "");
const names = new Set(RESERVED.trim().split(/\s+/).map(bare));
// Short words fold into ordinary names ("all" and "Ali"), so look-alikes are refused of longer ones only.
const skeletons = new Set([...names].filter((name) => name.length >= 5).map(skeletonOf));

/** Whether a username is one of ours, or cannot be told from one ("adm1n", "ex_plore"). */
export const isReserved = (username: string): boolean => names.has(bare(username)) || skeletons.has(skeletonOf(username));
