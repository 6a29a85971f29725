import { tooMany } from "@/lib/platform/errors";

export async function limitApi(_viewerId: string | null, _address: string): Promise<void> {
  void tooMany;
}
