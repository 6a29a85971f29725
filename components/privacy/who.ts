/** Who may do something towards one, as choices. */
export const WHO = [
  { value: "everyone", text: "Everyone" },
  { value: "followed", text: "People I follow" },
  { value: "followers", text: "My followers" },
  { value: "old_followers", text: "My followers of some time" },
  { value: "nobody", text: "Nobody" },
] as const;
