import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ComposerLoader } from "@/components/composer/composer-loader";
import { listCircles } from "@/lib/graph/circle-queries";
import { canTakeVideos } from "@/lib/media/video/programs";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "New post" };

export default async function CreatePage() {
  const viewer = await getViewer();
  if (!viewer) redirect("/login?next=/create");
  const [circles, takesVideos] = await Promise.all([listCircles(viewer), canTakeVideos()]);
  return <ComposerLoader viewer={{ id: viewer.id, isPrivate: viewer.isPrivate }} circles={circles} takesVideos={takesVideos} />;
}
