import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { checkDocument } from "#compiler/checking.ts";
import { openDocument } from "#compiler/document.ts";
import { type Data, isMap } from "#data/data.ts";
import { printStream } from "#yaml/print.ts";
import { askPython, judge } from "./tools.ts";
import { v2Sources } from "./v2.ts";

/*
 * Broken pipelines of KFP v2: each kind of breakage on many files. Our verdict must be that of those who read the file: the server's upload
 * and its compiler for runs, and for Kubernetes settings, which the server drops in silence or reads in the run only, the strict parser of
 * the protos.
 */

/** Mappings that may be changed. */
type Tree = { [key: string]: Data };

/** One kind of breakage. `break` changes the documents, and returns false if the file has nothing to break in this way. */
interface Mutation {
  readonly name: string;
  readonly break: (spec: Tree, platform: Tree | undefined) => boolean;
}

const at = (root: Data | undefined, ...keys: readonly string[]): Tree | undefined => {
  const found = keys.reduce<Data | undefined>((here, key) => (isMap(here) ? here[key] : undefined), root);
  return isMap(found) ? (found as Tree) : undefined;
};
const first = (map: Tree | undefined): readonly [string, Tree] | undefined =>
  Object.entries(map ?? {}).flatMap(([key, value]) => (isMap(value) ? [[key, value as Tree] as const] : []))[0];
const last = (map: Tree | undefined): readonly [string, Tree] | undefined =>
  Object.entries(map ?? {})
    .flatMap(([key, value]) => (isMap(value) ? [[key, value as Tree] as const] : []))
    .at(-1);
const rootTasks = (spec: Tree) => at(spec, "root", "dag", "tasks");
const task = (spec: Tree) => first(rootTasks(spec))?.[1];
const leaf = (spec: Tree) => Object.values(at(spec, "components") ?? {}).find((one) => isMap(one) && "executorLabel" in one) as Tree | undefined;
const executor = (spec: Tree) => first(at(spec, "deploymentSpec", "executors"));
const settings = (platform: Tree | undefined) => first(at(platform, "platforms", "kubernetes", "deploymentSpec", "executors"))?.[1];

/** The breakage that sets a key of a mapping. */
const sets = (name: string, where: (spec: Tree, platform: Tree | undefined) => Tree | undefined, key: string, value: Data): Mutation => ({
  name,
  break: (spec, platform) => {
    const map = where(spec, platform);
    if (map === undefined) return false;
    map[key] = value;
    return true;
  },
});
/** The breakage that removes a key of a mapping. */
const removes = (name: string, where: (spec: Tree) => Tree | undefined, key: string): Mutation => ({
  name,
  break: (spec) => {
    const map = where(spec);
    if (map?.[key] === undefined) return false;
    delete map[key];
    return true;
  },
});
/** The bindings of inputs of tasks of the root that come from another task. */
const wired = (spec: Tree, kind: "parameters" | "artifacts"): Tree | undefined => {
  const field = kind === "parameters" ? "taskOutputParameter" : "taskOutputArtifact";
  for (const one of Object.values(rootTasks(spec) ?? {}))
    for (const binding of Object.values(at(one, "inputs", kind) ?? {})) {
      const found = at(binding, field);
      if (found) return found;
    }
  return undefined;
};
const conditional = (spec: Tree) => Object.values(rootTasks(spec) ?? {}).map((one) => at(one, "triggerPolicy")).find((one) => one);
const looped = (spec: Tree) => Object.values(rootTasks(spec) ?? {}).map((one) => at(one, "parameterIterator")).find((one) => one);
const parameter = (spec: Tree) => first(at(leaf(spec), "inputDefinitions", "parameters"))?.[1];
const artifact = (spec: Tree) => first(at(leaf(spec), "outputDefinitions", "artifacts"))?.[1];

/** All kinds of breakage, and a few changes that break nothing. */
const mutations: readonly Mutation[] = [
  sets("unknown key of the spec", (spec) => spec, "labels", { a: "b" }),
  sets("unknown key of pipelineInfo", (spec) => at(spec, "pipelineInfo"), "owner", "me"),
  sets("unknown key of a component", leaf, "image", "x"),
  sets("unknown key of a graph", (spec) => at(spec, "root", "dag"), "order", []),
  sets("unknown key of a task", task, "color", "red"),
  sets("unknown key of a task's info", (spec) => at(task(spec), "taskInfo"), "title", "x"),
  sets("unknown key of caching options", (spec) => at(task(spec), "cachingOptions"), "days", 1),
  sets("unknown key of a parameter", parameter, "kind", "x"),
  sets("unknown key of an artifact", artifact, "kind", "x"),
  sets("unknown key of a condition", conditional, "when", "x"),
  sets("unknown key of a loop", looped, "limit", 1),
  sets("key of a container that nobody reads", (spec) => at(executor(spec)?.[1], "container"), "workingDir", "/"),
  sets("type that does not exist", parameter, "parameterType", "FLOAT"),
  sets("number for a text", (spec) => at(spec, "pipelineInfo"), "name", 5),
  sets("text for a flag", (spec) => at(task(spec), "cachingOptions"), "enableCache", "yes"),
  sets("text for a list", task, "dependentTasks", "a"),
  sets("mapping for a text", (spec) => at(task(spec), "taskInfo"), "name", { a: 1 }),
  sets("list for a mapping", task, "inputs", []),
  sets("count with a fraction", task, "retryPolicy", { maxRetryCount: 1.5 }),
  sets("duration in minutes", task, "retryPolicy", { backoffDuration: "1m" }),
  sets("duration in seconds", task, "retryPolicy", { backoffDuration: "90s", maxRetryCount: 2 }),
  sets("strategy that does not exist", task, "triggerPolicy", { strategy: "ALWAYS" }),
  sets("two bindings at once", (spec) => task(spec) && (((task(spec) as Tree).inputs = { parameters: { zz: {} } }), at(task(spec), "inputs", "parameters")), "zz", {
    componentInputParameter: "a",
    runtimeValue: { constant: 1 },
  }),
  sets("graph and executor at once", leaf, "dag", { tasks: {} }),
  sets("old schema version", (spec) => spec, "schemaVersion", "2.0.0"),
  sets("newer schema version", (spec) => spec, "schemaVersion", "2.2.0"),
  removes("no schema version", (spec) => spec, "schemaVersion"),
  removes("no root", (spec) => spec, "root"),
  removes("no pipelineInfo", (spec) => spec, "pipelineInfo"),
  removes("no name", (spec) => at(spec, "pipelineInfo"), "name"),
  sets("a component that does not exist", (spec) => at(task(spec), "componentRef"), "name", "comp-nobody"),
  sets("an executor that does not exist", leaf, "executorLabel", "exec-nobody"),
  sets("a producer that does not exist", (spec) => wired(spec, "parameters"), "producerTask", "nobody"),
  sets("a producer of a file that does not exist", (spec) => wired(spec, "artifacts"), "producerTask", "nobody"),
  sets("an executor of another kind", (spec) => at(spec, "deploymentSpec", "executors"), "exec-zz", { resolver: {} }),
  {
    name: "an executor that is a custom job",
    break: (spec) => {
      const found = executor(spec);
      if (!found || !isMap(found[1].container)) return false;
      delete found[1].container;
      found[1].customJob = {};
      return true;
    },
  },
  {
    name: "another display name",
    break: (spec) => {
      const info = at(last(rootTasks(spec))?.[1], "taskInfo");
      if (!info) return false;
      info.name = "다른 이름";
      return true;
    },
  },
  sets("unknown key of the Kubernetes settings", (_, platform) => settings(platform), "hostNetwork", true),
  sets("unknown key of a mount", (_, platform) => (settings(platform)?.pvcMount as Tree[] | undefined)?.[0], "readOnly", true),
  sets("text for a list of tolerations", (_, platform) => settings(platform), "tolerations", "all"),
  sets("unknown key of the platform's pipeline", (_, platform) => at(platform, "platforms", "kubernetes"), "pipelineConfig", { ttl: 5 }),
  sets("unknown key beside the platforms", (_, platform) => platform, "version", 1),
  sets("a node selector", (_, platform) => settings(platform), "nodeSelector", { labels: { "a/b": "yes" } }),
  sets("a timeout as text", (_, platform) => settings(platform), "activeDeadlineSeconds", "600"),
];

/** What came of all mutants. */
export interface MutantCount {
  readonly judged: number;
  readonly agreed: number;
  readonly kinds: number;
  readonly failed: readonly string[];
}

/** Breaks files in every way and compares our verdict with that of the server and of the protos. */
export function mutantDifferences(
  tools: { readonly python: string; readonly server: string },
  { root, corpus, folder }: { readonly root: string; readonly corpus: string; readonly folder: string },
): MutantCount {
  mkdirSync(folder, { recursive: true });
  const bases = accepted(tools, v2Sources(root, corpus), root);
  const mutants = bases.flatMap((base) =>
    mutations.flatMap((mutation, index) => {
      const stream = structuredClone(openDocument(readFileSync(base, "utf8")).stream) as Tree[];
      const spec = stream.find((one) => isMap(one) && "pipelineInfo" in one);
      const platform = stream.find((one) => isMap(one) && "platforms" in one);
      if (!spec || !mutation.break(spec, platform)) return [];
      const path = join(folder, `${String(index)}-${basename(base)}`);
      writeFileSync(path, printStream(stream));
      return [{ path, title: `${basename(base)}: ${mutation.name}`, kind: mutation.name }];
    }),
  );
  const verdicts = refusals(tools, mutants.map(({ path }) => path), root);
  const failed = mutants.flatMap(({ path, title }, index) => {
    const theirs = verdicts[index];
    const ours = ourRefusal(path);
    if ((theirs === undefined) === (ours === undefined)) return [];
    return [`${title}: ${theirs === undefined ? `nobody refuses it, we do: ${String(ours)}` : `we accept it: ${theirs}`}`];
  });
  return {
    judged: mutants.length,
    agreed: mutants.length - failed.length,
    kinds: new Set(mutants.map(({ kind }) => kind)).size,
    failed,
  };
}

/** The files that nobody refuses as they are. */
function accepted(tools: Parameters<typeof mutantDifferences>[0], files: readonly string[], root: string): readonly string[] {
  const verdicts = refusals(tools, files, root);
  return files.filter((file, index) => verdicts[index] === undefined && ourRefusal(file) === undefined);
}

/** Why the server or the protos refuse each file, or lose its Kubernetes settings; undefined: they do not. */
function refusals(
  { python, server }: { readonly python: string; readonly server: string },
  files: readonly string[],
  root: string,
): readonly (string | undefined)[] {
  const strict = askPython(python, join(root, "test/conformance/judge_v2.py"), { files, only: "upload" }) as readonly { readonly error?: string }[];
  return judge(server, files).map((verdict, index) => (verdict.ok ? strict[index]?.error : verdict.errors.join("; ")));
}

function ourRefusal(file: string): string | undefined {
  const found = checkDocument(openDocument(readFileSync(file, "utf8")), { target: "kfp" }).filter(
    ({ level, code }) => level === "cluster" || code === "yaml-syntax",
  );
  return found.length === 0 ? undefined : found.map(({ code }) => code).join(", ");
}
