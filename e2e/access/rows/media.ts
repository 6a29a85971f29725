import { each, own, type Row, SEEN } from "../row";

export const media: Row[] = [
  { name: "bring a file", method: "post", path: () => "/api/uploads", data: { content_type: "image/jpeg", size: 1_000 }, ...each(201) },
  { name: "one's own upload only", method: "post", path: (w) => `/api/uploads/${w.post.media[0]!.id}/complete`, data: {}, ...own(200) },
  { name: "how far one's own upload has come", path: (w) => `/api/uploads/${w.post.media[0]!.id}`, ...own(200) },
  { name: "addresses for parts of one's own upload", method: "post", path: (w) => `/api/uploads/${w.post.media[0]!.id}/parts`, data: { parts: [{ number: 1 }] }, ...own(409) },
  { name: "give one's own upload up", method: "delete", path: (w) => `/api/uploads/${w.post.media[0]!.id}`, ...own(409) },
  { name: "one's own photo's edit only", path: (w) => `/api/media/${w.post.media[0]!.id}/edit`, ...own(200) },
  { name: "one's own photo edited only", method: "put", path: (w) => `/api/media/${w.post.media[0]!.id}/edit`, data: { kind: "image" }, ...own(200) },
  { name: "the whole of one's own video only", method: "post", path: (w) => `/api/media/${w.post.media[0]!.id}/edit/source`, ...own(200) },
  { name: "one's own photo's receipt only", path: (w) => `/api/media/${w.post.media[0]!.id}/receipt`, ...own(200) },
  { name: "one's own file as it was brought only", path: (w) => `/api/media/${w.post.media[0]!.id}/original`, ...own(200) },
  { name: "address of a photo at a width", path: (w) => `/api/media/${w.post.media[0]!.id}/address?width=100`, ...SEEN },
  // Its item is a photo, so that even its author finds no video there.
  { name: "subtitles of one's own video only", method: "put", path: (w) => `/api/media/${w.post.media[0]!.id}/captions/en`, data: { text: "WEBVTT\n\n00:01.000 --> 00:02.000\nx" }, ...own(404) },
  { name: "subtitles taken from one's own video only", method: "delete", path: (w) => `/api/media/${w.post.media[0]!.id}/captions/en`, ...own(404) },
];
