import { toast } from "@/components/ui/toast";

/** Puts an address on the clipboard and says so. Without a clipboard (plain http on another machine) it shows the address. Returns whether it was copied. */
export async function copyLink(url: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(url);
    toast.success("Link copied");
    return true;
  } catch {
    toast("The link could not be copied", { description: url, duration: 15_000 });
    return false;
  }
}
