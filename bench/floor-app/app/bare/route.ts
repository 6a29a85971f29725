export const dynamic = "force-dynamic";

/** A small JSON answer. */
export const GET = () => Response.json({ ok: true });
