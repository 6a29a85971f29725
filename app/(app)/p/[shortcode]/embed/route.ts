import { AppError } from "@/lib/platform/errors";
import { getEmbeddable } from "@/lib/posts/embed";
import { embedMissing, embedPage } from "@/lib/posts/embed-page";

const html = (text: string, status: number) => new Response(text, { status, headers: { "content-type": "text/html; charset=utf-8", "cache-control": "public, max-age=60" } });

/** A post for frames on other sites. Whoever asks, it is what visitors see. */
export async function GET(_: Request, { params }: { params: Promise<{ shortcode: string }> }): Promise<Response> {
  try {
    return html(embedPage(await getEmbeddable((await params).shortcode)), 200);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return html(embedMissing(), 404);
    throw error;
  }
}
