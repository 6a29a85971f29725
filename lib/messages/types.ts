import type { MediaView } from "@/lib/media/types";
import type { PostSketch } from "@/lib/posts/sketch";
import type { UserSummary } from "@/lib/profiles/types";

/** Where a conversation stands for its viewer: among theirs, or among the requests of people whom they do not know. */
export type Folder = "inbox" | "requests";

/** Messages that go by themselves: never, when all others have seen them, or after 24 hours. */
export type Vanishing = "off" | "seen" | "day";

export type MemberView = { user: UserSummary; role: "admin" | "member"; joined_at: string };

/** A conversation as its member sees it. */
export type ThreadView = {
  id: string;
  kind: "pair" | "group";
  /** What a group is called; null for pairs and groups that nobody named. */
  name: string | null;
  /** Of a group that has one, by signed address. */
  picture_url: string | null;
  /** The others, at most eight, who wrote last first; for a pair the other one, also when they are gone (then a placeholder). */
  people: UserSummary[];
  member_count: number;
  folder: Folder;
  is_muted: boolean;
  is_pinned: boolean;
  vanishing: Vanishing;
  /** Counted to 100. */
  unread_count: number;
  /** Newest that the viewer may see, or null. */
  last_message: MessageView | null;
  /** Up to where the viewer has read; "0" when nothing. */
  read_id: string;
  viewer: {
    role: "admin" | "member";
    /** Null when the viewer may write; otherwise why not, in words. */
    cannot_write: string | null;
    /** Still in the group. Who left sees what was written until then. */
    is_member: boolean;
  };
  /** Of a pair whose other one shows it: when they were last active, and whether they are now. Null when they do not. */
  presence: { is_active: boolean; active_at: string | null } | null;
  /** The request of a stranger: what the viewer should know before answering it. */
  request: { from: UserSummary; shared_followers: number } | null;
  updated_at: string;
};

/** How far another member has seen the conversation; absent who does not show it. */
export type SeenView = { user: UserSummary; read_id: string; read_at: string };

export type SharedView =
  | { kind: "post"; /** Null when the reader may not see it, or it is gone. */ post: PostSketch | null }
  | { kind: "profile"; user: UserSummary | null };

export type VoiceView = { url: string; /** Seconds. */ duration: number; /** 64 loudnesses, 0 to 100. */ waveform: number[]; state: "processing" | "ready" | "failed" };

export type MessageReactionView = { emoji: string; count: number; mine: boolean; /** At most three. */ names: string[] };

/** What happened in a group, told among its messages. */
export type ThreadEvent =
  | { kind: "created" | "left" | "joined" | "picture" }
  | { kind: "added" | "removed" | "admin" | "not_admin"; user: UserSummary }
  | { kind: "named"; name: string | null }
  | { kind: "vanishing"; vanishing: Vanishing };

/** One message. Ids rise in the order in which everybody sees them. */
export type MessageView = {
  id: string;
  thread_id: string;
  /** The name that its sender's device gave it; to its sender alone. */
  client_id: string | null;
  sender: UserSummary;
  is_mine: boolean;
  /** Taken back by its sender: everything else about it is empty. */
  is_unsent: boolean;
  event: ThreadEvent | null;
  text: string | null;
  /** People named in it who may be linked. */
  mentions: string[];
  media: MediaView[];
  voice: VoiceView | null;
  shared: SharedView | null;
  reply_to: { id: string; sender: UserSummary; excerpt: string; is_gone: boolean } | null;
  reactions: MessageReactionView[];
  /** A hidden word of the viewer's stands in it: shown when asked for. */
  is_covered: boolean;
  is_edited: boolean;
  /** Until when its sender may change it; null for others and when it is too late. */
  editable_until: string | null;
  /** When it goes by itself, as far as that is known. */
  vanishes_at: string | null;
  created_at: string;
};

/** Rises from the oldest to the newest. `older` and `newer` are cursors, null at that end. */
export type MessagePage = { messages: MessageView[]; older: string | null; newer: string | null };
