export { type AvatarRef, avatarUrl } from "@/lib/accounts/avatar-url";
