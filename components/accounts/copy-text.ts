import { toast } from "@/components/ui/toast";

/** Puts a text on the clipboard and says so. Without a clipboard (plain http on another machine) it asks to mark it by hand. */
export async function copyText(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast.success(said);
  } catch {
    toast.error("It could not be copied. Mark the text and copy it by hand.");
  }
}
