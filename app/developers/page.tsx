import type { Metadata } from "next";
import Link from "next/link";
import { Wordmark } from "@/components/brand/mark";
import { SkipLink } from "@/components/shell/skip-link";
import { openApi } from "@/lib/openapi/api";
import { type Described, Operation } from "./operation";
import { Shape } from "./shape";
import { Words } from "./words";

export const metadata: Metadata = { title: "For developers", description: "The API of this Heliograph server: every address, what it takes and what it answers." };
const DOCUMENT = "/api/openapi.json";
export const dynamic = "force-dynamic";

/** The published description of the API, for people. */
export default function DevelopersPage() {
  const { paths, tags, components, info } = openApi();
  const shapes = Object.keys(components.schemas);
  const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => ({ path, method, group: (one.tags as string[])[0], operation: one as Described })));
  const groups = tags.map((tag) => String(tag.name));
  return (
    <div className="mx-auto w-full max-w-page px-4 pb-20 md:px-6">
      <SkipLink />
      <header className="flex h-18 items-center">
        <Link href="/" aria-label="Heliograph" prefetch={false} className="flex min-h-11 items-center rounded-md"><Wordmark /></Link>
      </header>
      <main id="content" tabIndex={-1} className="flex flex-col gap-12 pt-6 focus:outline-none">
        <section className="flex flex-col gap-4">
          <h1 className="text-3xl">For developers</h1>
          {String(info.description).split("\n\n").map((paragraph) => <p key={paragraph} className="max-w-column text-base"><Words text={paragraph} /></p>)}
          <p className="text-base">The same for programs: <a href={DOCUMENT} className="text-link">OpenAPI 3.1</a>.</p>
        </section>
        <nav aria-label="Contents" className="flex flex-wrap gap-x-5">
          {[...groups, "Shapes"].map((group) => <a key={group} href={`#${anchor(group)}`} className="text-link flex min-h-11 items-center">{group}</a>)}
        </nav>
        {groups.map((group) => (
          <section key={group} id={anchor(group)} aria-labelledby={`${anchor(group)}-title`}>
            <h2 id={`${anchor(group)}-title`} className="mb-2 text-xl">{group}</h2>
            {operations.filter((one) => one.group === group).map((one) => <Operation key={one.operation.operationId} {...one} shapes={shapes} />)}
          </section>
        ))}
        <section id="shapes" aria-labelledby="shapes-title" className="flex flex-col gap-8">
          <h2 id="shapes-title" className="text-xl">Shapes</h2>
          {shapes.map((name) => (
            <div key={name} id={name} className="flex flex-col gap-2">
              <h3 className="text-lg">{name}</h3>
              <Shape schema={components.schemas[name]!} shapes={shapes.filter((other) => other !== name)} />
            </div>
          ))}
        </section>
      </main>
    </div>
  );
}

const anchor = (name: string) => name.toLowerCase().replace(/[^a-z]+/g, "-");
