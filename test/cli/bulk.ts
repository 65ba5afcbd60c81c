/**
 * Bulk: texts of one kind of content, or of one kind of error, in any amount. What takes time or memory that grows faster than the
 * text, or lists every one of a hundred thousand errors, shows here.
 */

/** A kind of bulk. */
export interface Bulk {
  readonly name: string;
  /** Decides which commands take it. */
  readonly format: "workflow" | "component" | "python";
  /** The text with `n` of what it is about. */
  readonly text: (n: number) => string;
  /** The amount of the long run: what must still be checked within 5 s and 512 MB. */
  readonly full: number;
}

const times = (n: number, one: (index: number) => string) => Array.from({ length: n }, (_, index) => one(index)).join("");
const head = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: bulk-}\nspec:\n  entrypoint: main\n";
/** A workflow with these templates, written at the left edge. */
const workflow = (templates: string) => `${head}  templates:\n${templates.replace(/^(?=.)/gm, "  ")}`;
const leaf = "- name: leaf\n  container: {image: a}\n";
const dag = (tasks: string, more = leaf) => workflow(`- name: main\n  dag:\n    tasks:\n${tasks.replace(/^(?=.)/gm, "    ")}${more}`);
const container = (body: string) => workflow(`- name: main\n  container:\n    image: a\n${body.replace(/^(?=.)/gm, "    ")}`);

const yaml: readonly Omit<Bulk, "format">[] = [
  { name: "unknown fields of a container", full: 300_000, text: (n) => container(times(n, (i) => `unknown${i}: 1\n`)) },
  { name: "mistyped fields", full: 100_000, text: (n) => workflow(times(n, (i) => `- name: t${i}\n  contaner: {image: a}\n`)) },
  { name: "unknown fields of the object", full: 300_000, text: (n) => `${workflow(leaf)}${times(n, (i) => `unknown${i}: 1\n`)}` },
  { name: "unused templates", full: 200_000, text: (n) => workflow(times(n, (i) => `- name: t${i}\n  container: {image: a}\n`)) },
  { name: "templates that are nothing", full: 100_000, text: (n) => workflow(times(n, (i) => `- name: t${i}\n`)) },
  { name: "templates of one name", full: 100_000, text: (n) => workflow(times(n, () => "- name: t\n  container: {image: a}\n")) },
  { name: "templates without a name", full: 100_000, text: (n) => workflow(times(n, () => "- container: {image: a}\n")) },
  { name: "templates that are numbers", full: 300_000, text: (n) => workflow(times(n, (i) => `- ${i}\n`)) },
  { name: "templates without an image", full: 100_000, text: (n) => workflow(times(n, (i) => `- name: t${i}\n  container: {}\n`)) },
  {
    name: "templates with a wrong name",
    full: 100_000,
    text: (n) => workflow(times(n, (i) => `- name: T_${i}\n  container: {image: a}\n`)),
  },
  { name: "a list of numbers for texts", full: 500_000, text: (n) => container(`args: [${times(n, () => "1, ")}]\n`) },
  { name: "a long list", full: 800_000, text: (n) => container(`args: [${times(n, () => "a, ")}]\n`) },
  { name: "a long block list", full: 800_000, text: (n) => container(`args:\n${times(n, () => "- a\n")}`) },
  { name: "nested lists", full: 1_000_000, text: (n) => `a: ${"[".repeat(n)}` },
  { name: "nested mappings", full: 1_000_000, text: (n) => "{a: ".repeat(n) },
  { name: "nested block lists", full: 1_000_000, text: (n) => "- ".repeat(n) },
  { name: "nested block mappings", full: 4_000, text: (n) => times(n, (i) => `${" ".repeat(i)}a:\n`) },
  { name: "documents", full: 100_000, text: (n) => times(n, () => "---\nkind: Workflow\nspec: {}\n") },
  { name: "documents with an unknown field", full: 100_000, text: (n) => times(n, (i) => `---\nkind: Workflow\nspec: {k${i}: 1}\n`) },
  { name: "empty documents", full: 500_000, text: (n) => times(n, () => "---\n") },
  { name: "foreign documents", full: 100_000, text: (n) => times(n, (i) => `---\nkind: ConfigMap\nmetadata: {name: c${i}}\n`) },
  { name: "broken documents", full: 100_000, text: (n) => times(n, () => "---\na: [\n") },
  { name: "objects of an unknown version", full: 100_000, text: (n) => times(n, () => "---\napiVersion: v1\nkind: workflow\n") },
  { name: "one long line", full: 10_000_000, text: (n) => container(`args: [${"a".repeat(n)}]\n`) },
  { name: "one long quoted line", full: 10_000_000, text: (n) => container(`args: ["${"a ".repeat(n / 2)}"]\n`) },
  { name: "escapes in a quoted line", full: 5_000_000, text: (n) => container(`args: ["${"\\n".repeat(n / 2)}"]\n`) },
  { name: "a quote that never ends", full: 10_000_000, text: (n) => container(`args: ["${"a\n".repeat(n / 2)}`) },
  { name: "a long block scalar", full: 1_000_000, text: (n) => container(`args:\n- |\n${times(n, () => "  a\n")}`) },
  { name: "a long folded scalar", full: 1_000_000, text: (n) => container(`args:\n- >\n${times(n, () => "  a\n\n")}`) },
  { name: "a plain scalar of many lines", full: 1_000_000, text: (n) => container(`args:\n-\n${times(n, () => "  a\n")}`) },
  { name: "a long key", full: 5_000_000, text: (n) => container(`${"a".repeat(n)}: 1\n`) },
  { name: "blanks", full: 10_000_000, text: (n) => `a: 1${" ".repeat(n)}\n` },
  { name: "blank lines", full: 10_000_000, text: (n) => `${"\n".repeat(n)}a: 1\n` },
  { name: "comments", full: 1_000_000, text: (n) => times(n, () => "# a\n") + workflow(leaf) },
  { name: "carriage returns", full: 5_000_000, text: (n) => `a: 1${"\r".repeat(n)}b: 1` },
  { name: "tabs", full: 1_000_000, text: (n) => `a:\n${"\t".repeat(n)}b: 1\n` },
  { name: "colons", full: 1_000_000, text: (n) => ":".repeat(n) },
  { name: "question marks", full: 1_000_000, text: (n) => "? ".repeat(n) },
  { name: "exclamation marks", full: 1_000_000, text: (n) => `a: ${"!".repeat(n)}` },
  { name: "directives", full: 500_000, text: (n) => `${times(n, (i) => `%TAG !a${i}! b\n`)}---\na: 1\n` },
  { name: "anchors and aliases", full: 100_000, text: (n) => times(n, (i) => `a${i}: &a${i} 1\nb${i}: *a${i}\n`) },
  { name: "aliases of one anchor", full: 200_000, text: (n) => `a: &a {b: 1}\nc: [${times(n, () => "*a, ")}]\n` },
  { name: "aliases without an anchor", full: 200_000, text: (n) => `c: [${times(n, (i) => `*a${i}, `)}]\n` },
  { name: "anchors within one another", full: 100, text: (n) => `a: ${times(n, (i) => `&a${i} [`)}` },
  { name: "merged mappings", full: 100_000, text: (n) => `a: &a {b: 1}\nc:\n${times(n, () => "- {<<: *a, c: 1}\n")}` },
  {
    name: "mappings merged into one",
    full: 100_000,
    text: (n) => `${times(n, (i) => `a${i}: &a${i} {k${i}: 1}\n`)}c:\n  <<: [${times(n, (i) => `*a${i}, `)}]\n`,
  },
  { name: "doubled aliases", full: 1_000, text: (n) => `a0: &a0 [x, x]\n${times(n, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`)}` },
  { name: "duplicate keys", full: 300_000, text: (n) => container(times(n, () => "args: []\n")) },
  { name: "words that are booleans", full: 300_000, text: (n) => container(`args: [${times(n, () => "yes, ")}]\n`) },
  { name: "tasks", full: 50_000, text: (n) => dag(times(n, (i) => `- {name: t${i}, template: leaf}\n`)) },
  {
    name: "a chain of tasks",
    full: 50_000,
    text: (n) => dag(times(n, (i) => `- {name: t${i}, template: leaf, dependencies: [t${i + 1}]}\n`)),
  },
  {
    name: "a circle of tasks",
    full: 50_000,
    text: (n) => dag(times(n, (i) => `- {name: t${i}, template: leaf, dependencies: [t${(i + 1) % n}]}\n`)),
  },
  {
    name: "tasks that wait for many",
    full: 1_000,
    text: (n) => dag(times(n, (i) => `- {name: t${i}, template: leaf, dependencies: [${times(i, (j) => `t${j}, `)}]}\n`)),
  },
  {
    name: "tasks that wait for nothing",
    full: 50_000,
    text: (n) => dag(times(n, (i) => `- {name: t${i}, template: leaf, depends: u${i}}\n`)),
  },
  { name: "tasks that run nothing", full: 100_000, text: (n) => dag(times(n, (i) => `- {name: t${i}, template: none}\n`)) },
  { name: "tasks without a template", full: 100_000, text: (n) => dag(times(n, (i) => `- {name: t${i}}\n`)) },
  { name: "tasks of one name", full: 100_000, text: (n) => dag(times(n, () => "- {name: t, template: leaf}\n")) },
  {
    name: "tasks that refer to other objects",
    full: 100_000,
    text: (n) => dag(times(n, (i) => `- {name: t${i}, templateRef: {name: a${i}, template: b}}\n`)),
  },
  {
    name: "tasks within one another",
    full: 90,
    text: (n) =>
      dag(`- name: a\n  inline: ${"{dag: {tasks: [{name: a, inline: ".repeat(n / 6)}{container: {image: a}}${"}]}}".repeat(n / 6)}\n`),
  },
  {
    name: "references to nothing",
    full: 100_000,
    text: (n) => dag(times(n, (i) => `- {name: t${i}, template: leaf, when: "{{tasks.u${i}.outputs.result}} == 1"}\n`)),
  },
  {
    name: "tasks that lack a dependency",
    full: 50_000,
    text: (n) => dag(times(n, (i) => `- {name: t${i}, template: leaf, when: "{{tasks.t${(i + 1) % n}.status}} == 1"}\n`)),
  },
  { name: "references in one text", full: 300_000, text: (n) => container(`args: ["${"{{inputs.parameters.a}}".repeat(n)}"]\n`) },
  {
    name: "different references in one text",
    full: 200_000,
    text: (n) => container(`args: ["${times(n, (i) => `{{inputs.parameters.a${i}}}`)}"]\n`),
  },
  { name: "opened tags", full: 1_000_000, text: (n) => container(`args: ["${"{{".repeat(n)}"]\n`) },
  { name: "opened tags with expressions", full: 1_000_000, text: (n) => container(`args: ["${"{{=".repeat(n)}"]\n`) },
  { name: "nested brackets in an expression", full: 500_000, text: (n) => container(`args: ["{{=${"(".repeat(n)}}}"]\n`) },
  { name: "a long expression", full: 300_000, text: (n) => container(`args: ["{{=${"a + ".repeat(n)}1}}"]\n`) },
  { name: "a long condition", full: 300_000, text: (n) => dag(`- {name: t, template: leaf, when: "${"1 == 1 && ".repeat(n)}1 == 1"}\n`) },
  { name: "nested brackets in a condition", full: 500_000, text: (n) => dag(`- {name: t, template: leaf, when: "${"(".repeat(n)}"}\n`) },
  { name: "not not in a condition", full: 500_000, text: (n) => dag(`- {name: t, template: leaf, when: "${"!".repeat(n)}1"}\n`) },
  { name: "a long depends", full: 200_000, text: (n) => dag(`- {name: t, template: leaf, depends: "${"t && ".repeat(n)}t"}\n`) },
  {
    name: "a long depends on different tasks",
    full: 50_000,
    text: (n) => dag(`- {name: t, template: leaf, depends: "${times(n, (i) => `u${i} && `)}t"}\n`),
  },
  { name: "nested brackets in depends", full: 500_000, text: (n) => dag(`- {name: t, template: leaf, depends: "${"(".repeat(n)}t"}\n`) },
  { name: "not not in depends", full: 500_000, text: (n) => dag(`- {name: t, template: leaf, depends: "${"!".repeat(n)}t"}\n`) },
  {
    name: "groups of steps",
    full: 50_000,
    text: (n) => workflow(`- name: main\n  steps:\n${times(n, (i) => `  - - {name: s${i}, template: leaf}\n`)}${leaf}`),
  },
  {
    name: "steps side by side",
    full: 20_000,
    text: (n) =>
      workflow(
        `- name: main\n  steps:\n  -\n${times(n, (i) => `    - {name: s${i}, template: leaf, when: "{{steps.s0.status}} == 1"}\n`)}${leaf}`,
      ),
  },
  {
    name: "steps of a wrong form",
    full: 100_000,
    text: (n) => workflow(`- name: main\n  steps:\n${times(n, (i) => `  - {name: s${i}, template: leaf}\n`)}${leaf}`),
  },
  {
    name: "inputs that a call does not give",
    full: 100_000,
    text: (n) =>
      dag(
        "- {name: t, template: big}\n",
        `- name: big\n  container: {image: a}\n  inputs:\n    parameters:\n${times(n, (i) => `    - name: p${i}\n`)}`,
      ),
  },
  {
    name: "inputs that many calls do not give",
    full: 500,
    text: (n) =>
      dag(
        times(n, (i) => `- {name: t${i}, template: big}\n`),
        `- name: big\n  container: {image: a}\n  inputs:\n    parameters:\n${times(n, (i) => `    - name: p${i}\n`)}`,
      ),
  },
  {
    name: "arguments that nobody takes",
    full: 100_000,
    text: (n) => dag(`- name: t\n  template: leaf\n  arguments:\n    parameters:\n${times(n, (i) => `    - {name: p${i}, value: a}\n`)}`),
  },
  {
    name: "arguments without a value",
    full: 100_000,
    text: (n) => dag(`- name: t\n  template: leaf\n  arguments:\n    parameters:\n${times(n, (i) => `    - {name: p${i}}\n`)}`),
  },
  {
    name: "parameters of one name",
    full: 100_000,
    text: (n) =>
      `${head}  arguments:\n    parameters:\n${times(n, () => "    - {name: p}\n")}  templates:\n  - name: main\n    container: {image: a}\n`,
  },
  {
    name: "inputs of one name",
    full: 100_000,
    text: (n) => workflow(`- name: main\n  container: {image: a}\n  inputs:\n    parameters:\n${times(n, () => "    - {name: p}\n")}`),
  },
  {
    name: "outputs of one name",
    full: 100_000,
    text: (n) => workflow(`- name: main\n  container: {image: a}\n  outputs:\n    parameters:\n${times(n, () => "    - {name: p}\n")}`),
  },
  {
    name: "artifacts of one path",
    full: 100_000,
    text: (n) =>
      workflow(`- name: main\n  container: {image: a}\n  inputs:\n    artifacts:\n${times(n, (i) => `    - {name: p${i}, path: /a}\n`)}`),
  },
  {
    name: "artifacts without a path",
    full: 100_000,
    text: (n) => workflow(`- name: main\n  container: {image: a}\n  outputs:\n    artifacts:\n${times(n, (i) => `    - {name: p${i}}\n`)}`),
  },
  {
    name: "paths that climb",
    full: 100_000,
    text: (n) =>
      workflow(`- name: main\n  container: {image: a}\n  outputs:\n    artifacts:\n    - {name: p, path: "${"/a/..".repeat(n)}"}\n`),
  },
  {
    name: "values of an enum",
    full: 100_000,
    text: (n) =>
      `${head}  arguments:\n    parameters:\n    - {name: p, value: none, enum: [${times(n, (i) => `v${i}, `)}]}\n  templates:\n  - name: main\n    container: {image: a}\n`,
  },
  {
    name: "parameters with an enum",
    full: 100_000,
    text: (n) =>
      `${head}  arguments:\n    parameters:\n${times(n, (i) => `    - {name: p${i}, value: a, enum: [b]}\n`)}  templates:\n  - name: main\n    container: {image: a}\n`,
  },
  {
    name: "items of a loop",
    full: 300_000,
    text: (n) => dag(`- {name: t, template: leaf, withItems: [${times(n, (i) => `{k${i}: 1}, `)}]}\n`),
  },
  {
    name: "mounts without a volume",
    full: 100_000,
    text: (n) => container(`volumeMounts:\n${times(n, (i) => `- {name: v${i}, mountPath: /a${i}}\n`)}`),
  },
  { name: "mounts of one path", full: 100_000, text: (n) => container(`volumeMounts:\n${times(n, () => "- {name: v, mountPath: /a}\n")}`) },
  {
    name: "volumes of one name",
    full: 100_000,
    text: (n) =>
      `${head}  volumes:\n${times(n, () => "  - {name: v, emptyDir: {}}\n")}  templates:\n  - name: main\n    container: {image: a}\n`,
  },
  { name: "variables of one name", full: 100_000, text: (n) => container(`env:\n${times(n, () => "- {name: a, value: b}\n")}`) },
  {
    name: "variables with a wrong name",
    full: 100_000,
    text: (n) => container(`env:\n${times(n, (i) => `- {name: "a b${i}", value: b}\n`)}`),
  },
  {
    name: "wrong quantities",
    full: 100_000,
    text: (n) => workflow(times(n, (i) => `- name: t${i}\n  container: {image: a, resources: {limits: {cpu: x}}}\n`)),
  },
  {
    name: "requests over limits",
    full: 100_000,
    text: (n) => workflow(times(n, (i) => `- name: t${i}\n  container: {image: a, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}\n`)),
  },
  { name: "a long quantity", full: 1_000_000, text: (n) => container(`resources: {limits: {cpu: "${"1".repeat(n)}"}}\n`) },
  {
    name: "labels",
    full: 200_000,
    text: (n) => `kind: Workflow\nmetadata:\n  labels:\n${times(n, (i) => `    "a b${i}": "c d"\n`)}spec: {}\n`,
  },
  {
    name: "annotations",
    full: 200_000,
    text: (n) => `kind: Workflow\nmetadata:\n  annotations:\n${times(n, (i) => `    a${i}: b\n`)}spec: {}\n`,
  },
  {
    name: "a huge pipeline annotation",
    full: 100_000,
    text: (n) =>
      `kind: Workflow\nmetadata:\n  annotations:\n    pipelines.kubeflow.org/pipeline_spec: '{"inputs": [${times(n, (i) => `${i > 0 ? "," : ""}{"name": "a${i}"}`)}]}'\nspec: {}\n`,
  },
  {
    name: "brackets in a pipeline annotation",
    full: 1_000_000,
    text: (n) => `kind: Workflow\nmetadata:\n  annotations:\n    pipelines.kubeflow.org/pipeline_spec: '${"[".repeat(n)}'\nspec: {}\n`,
  },
  {
    name: "schedules",
    full: 100_000,
    text: (n) =>
      `kind: CronWorkflow\nmetadata: {name: a}\nspec:\n  schedules:\n${times(n, (i) => `  - "wrong ${i}"\n`)}  workflowSpec:\n    entrypoint: main\n    templates:\n    - name: main\n      container: {image: a}\n`,
  },
  {
    name: "a long schedule",
    full: 1_000_000,
    text: (n) =>
      `kind: CronWorkflow\nmetadata: {name: a}\nspec:\n  schedules: ["${"1,".repeat(n)}1 * * * *"]\n  workflowSpec:\n    entrypoint: main\n    templates:\n    - name: main\n      container: {image: a}\n`,
  },
  {
    name: "hooks",
    full: 50_000,
    text: (n) => dag(`- name: t\n  template: leaf\n  hooks:\n${times(n, (i) => `    h${i}: {template: none, expression: "a ="}\n`)}`),
  },
  {
    name: "containers of a set",
    full: 50_000,
    text: (n) =>
      workflow(
        `- name: main\n  containerSet:\n    containers:\n${times(n, (i) => `    - {name: c${i}, image: a, dependencies: [c${(i + 1) % n}]}\n`)}`,
      ),
  },
  {
    name: "metrics",
    full: 50_000,
    text: (n) =>
      workflow(
        `- name: main\n  container: {image: a}\n  metrics:\n    prometheus:\n${times(n, (i) => `    - {name: "a b${i}", help: "", counter: {value: a}}\n`)}`,
      ),
  },
  {
    name: "a huge manifest",
    full: 300_000,
    text: (n) => workflow(`- name: main\n  resource:\n    action: create\n    manifest: |\n${times(n, (i) => `      k${i}: 1\n`)}`),
  },
  {
    name: "manifests that are no YAML",
    full: 50_000,
    text: (n) => workflow(times(n, (i) => `- name: t${i}\n  resource: {action: create, manifest: "a: ["}\n`)),
  },
  {
    name: "opened tags in a manifest",
    full: 300_000,
    text: (n) => workflow(`- name: main\n  resource: {action: create, manifest: "${"{{".repeat(n)}"}\n`),
  },
  {
    name: "global outputs",
    full: 50_000,
    text: (n) =>
      workflow(
        times(
          n,
          (i) => `- name: t${i}\n  container: {image: a}\n  outputs: {parameters: [{name: a, globalName: g${i}, valueFrom: {path: /a}}]}\n`,
        ),
      ),
  },
  {
    name: "sidecars",
    full: 50_000,
    text: (n) => workflow(`- name: main\n  container: {image: a}\n  sidecars:\n${times(n, () => "  - {name: a, image: b}\n")}`),
  },
  {
    name: "JSON",
    full: 300_000,
    text: (n) =>
      JSON.stringify(
        {
          kind: "Workflow",
          spec: { templates: Array.from({ length: n / 10 }, (_, i) => ({ name: `t${i}`, container: { image: 1, x: i } })) },
        },
        null,
        1,
      ),
  },
  {
    name: "JSON in one line",
    full: 300_000,
    text: (n) =>
      JSON.stringify({
        kind: "Workflow",
        spec: { templates: Array.from({ length: n / 10 }, (_, i) => ({ name: `t${i}`, container: { image: 1, x: i } })) },
      }),
  },
  {
    name: "libraries",
    full: 20_000,
    text: (n) =>
      times(
        n,
        (i) =>
          `---\nkind: WorkflowTemplate\nmetadata: {name: a${i}}\nspec: {templates: [{name: a, dag: {tasks: [{name: t, templateRef: {name: a${(i + 1) % n}, template: b}}]}}]}\n`,
      ),
  },
];

/** All kinds of bulk. */
export const bulks: readonly Bulk[] = [...yaml.map((one) => ({ ...one, format: "workflow" as const }))];
