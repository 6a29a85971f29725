import type { Reason } from "@/lib/moderation/reasons";

export const REASON_WORDS: Record<Reason, string> = {
  spam: "Spam or a fraud", harassment: "Bullying or harassment", hate: "Hatred of a group of people", nudity: "Nudity or sexual content", violence: "Violence or threats", self_harm: "Self-harm",
  falsehood: "False information", illegal: "Something illegal", stolen: "Somebody else’s work", impersonation: "Pretends to be somebody else", other: "Something else",
};
