/**
 * One case for each code: the smallest document with the error, and the path where it must be reported. `spec` is a Workflow's
 * spec; `c` in it is a template that runs a container, `d` one that needs the parameter x.
 */
export interface FailingCase {
  readonly code: string;
  /** Keys and indexes below the document, joined by "/". */
  readonly location: string;
  readonly spec?: string;
  /** A whole document instead of a spec. */
  readonly document?: string;
  readonly mode?: "lint" | "default" | "submit";
}

const c = "{name: c, container: {image: i}}";
const d = "{name: d, inputs: {parameters: [{name: x}]}, container: {image: i}}";
const dag = (tasks: string) => `{entrypoint: m, templates: [{name: m, dag: {tasks: [${tasks}]}}, ${c}, ${d}]}`;
const steps = (groups: string) => `{entrypoint: m, templates: [{name: m, steps: [${groups}]}, ${c}, ${d}]}`;
const leaf = (rest: string) => `{entrypoint: m, templates: [{name: m, ${rest}}]}`;
const pod = (rest: string) => leaf(`container: {image: i, ${rest}}`);
const metric = (rest: string) => leaf(`container: {image: i}, metrics: {prometheus: [{${rest}}]}`);
const set = (containers: string, rest = "") => leaf(`containerSet: {containers: [${containers}]}${rest}`);
const cron = (rest: string, name = "n") =>
  `{apiVersion: argoproj.io/v1alpha1, kind: CronWorkflow, metadata: {name: ${name}}, spec: {${rest}, workflowSpec: {entrypoint: m, templates: [{name: m, container: {image: i}}]}}}`;
const named = (metadata: string) =>
  `{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: ${metadata}, spec: {entrypoint: m, templates: [{name: m, container: {image: i}}]}}`;
const input = (artifact: string) => leaf(`inputs: {artifacts: [{name: d, ${artifact}}]}, container: {image: i}`);
const output = (parameter: string) => leaf(`container: {image: i}, outputs: {parameters: [{name: o, ${parameter}}]}`);

export const failingCases: readonly FailingCase[] = [
  // fields
  { code: "unknown-field", location: "spec/templates/0/container/frobnicate", spec: pod("frobnicate: 1") },
  {
    code: "unknown-field-near",
    location: "spec/entrypoints",
    spec: `{entrypoint: m, entrypoints: m, templates: [{name: m, container: {image: i}}]}`,
  },
  { code: "field-removed", location: "spec/schedule", document: cron('schedule: "0 1 * * *"') },
  { code: "wrong-type", location: "spec/templates/0/container/image", spec: leaf("container: {image: [i]}") },
  { code: "args-not-string", location: "spec/templates/0/container/args/1", spec: pod("args: [a, 8080]") },
  { code: "steps-shape", location: "spec/templates/0/steps/0", spec: steps("{name: a, template: c}") },
  {
    code: "anystring-lost-value",
    location: "spec/arguments/parameters/0/value",
    spec: `{entrypoint: m, arguments: {parameters: [{name: p, value: [1]}]}, templates: [{name: m, container: {image: i}}]}`,
  },
  {
    code: "quantity-syntax",
    location: "spec/templates/0/container/resources/limits/memory",
    spec: pod("resources: {limits: {memory: 2 GB}}"),
  },
  { code: "plugin-one-key", location: "spec/templates/0/plugin", spec: leaf("plugin: {slack: {}, mail: {}}") },
  {
    code: "resource-manifest-yaml",
    location: "spec/templates/0/resource/manifest",
    spec: leaf('resource: {action: create, manifest: "kind: [Pod"}'),
  },
  { code: "kind-ignored", location: "", document: "{apiVersion: argoproj.io/v1alpha1, kind: WorkFlow}" },
  { code: "nothing-to-lint", location: "", document: "{apiVersion: v1, kind: ConfigMap}" },
  // names
  { code: "name-too-long", location: "metadata/name", document: named(`{name: ${"a".repeat(64)}}`) },
  { code: "cron-name-too-long", location: "metadata/name", document: cron('schedules: ["@daily"]', "a".repeat(53)) },
  { code: "template-name-required", location: "spec/templates/1", spec: `{entrypoint: c, templates: [${c}, {container: {image: i}}]}` },
  {
    code: "template-name-invalid",
    location: "spec/templates/0/name",
    spec: "{entrypoint: load_data, templates: [{name: load_data, container: {image: i}}]}",
  },
  {
    code: "template-name-too-long",
    location: "spec/templates/1/name",
    spec: `{entrypoint: c, templates: [${c}, {name: ${"a".repeat(129)}, container: {image: i}}]}`,
  },
  { code: "template-name-duplicate", location: "spec/templates/1/name", spec: `{entrypoint: c, templates: [${c}, ${c}]}` },
  { code: "task-name-required", location: "spec/templates/0/dag/tasks/0", spec: dag("{template: c}") },
  { code: "task-name-invalid", location: "spec/templates/0/dag/tasks/0/name", spec: dag("{name: load_data, template: c}") },
  { code: "task-name-too-long", location: "spec/templates/0/dag/tasks/0/name", spec: dag(`{name: ${"a".repeat(129)}, template: c}`) },
  {
    code: "task-name-duplicate",
    location: "spec/templates/0/dag/tasks/1/name",
    spec: dag("{name: a, template: c}, {name: a, template: c}"),
  },
  {
    code: "task-name-leading-digit",
    location: "spec/templates/0/dag/tasks/0/name",
    spec: dag("{name: 1a, template: c}, {name: b, template: c, depends: 1a}"),
  },
  { code: "step-name-required", location: "spec/templates/0/steps/0/0", spec: steps("[{template: c}]") },
  { code: "step-name-invalid", location: "spec/templates/0/steps/0/0/name", spec: steps("[{name: a b, template: c}]") },
  {
    code: "step-name-invalid",
    location: "spec/templates/0/steps/0/0/name",
    spec: steps('[{name: "a-{{item.k}}", template: c, withItems: [{k: x}]}]'),
  },
  { code: "step-name-invalid", location: "spec/templates/0/steps/0/0/name", spec: steps('[{name: "a-{{workflow.uid}}", template: c}]') },
  {
    code: "step-name-invalid",
    location: "spec/templates/0/steps/0/0/name",
    spec: `{entrypoint: m, arguments: {parameters: [{name: p, value: a b}]}, templates: [{name: m, steps: [[{name: "{{workflow.parameters.p}}", template: c}]]}, ${c}]}`,
  },
  {
    code: "call-name-from-input",
    location: "spec/templates/1/steps/0/0/name",
    spec: `{entrypoint: m, templates: [{name: m, steps: [[{name: a, template: i, arguments: {parameters: [{name: p, value: x}]}}]]}, {name: i, inputs: {parameters: [{name: p}]}, steps: [[{name: "a-{{inputs.parameters.p}}", template: c}]]}, ${c}]}`,
  },
  {
    code: "artifact-name-invalid",
    location: "spec/templates/0/outputs/artifacts/0/name",
    spec: leaf('container: {image: i}, outputs: {artifacts: [{name: "{{workflow.name}}.a", path: /a}]}'),
  },
  {
    code: "param-name-invalid",
    location: "spec/templates/0/inputs/parameters/0/name",
    spec: leaf('container: {image: i}, inputs: {parameters: [{name: "{{workflow.name}}", value: a}]}'),
  },
  {
    code: "unresolved-reference",
    location: "spec/templates/0/container/args/0",
    document: `{apiVersion: argoproj.io/v1alpha1, kind: WorkflowTemplate, metadata: {name: n}, spec: {templates: [{name: m, container: {image: i, args: ["{{workflow.labels.team}}"]}}]}}`,
  },
  {
    code: "unresolved-reference",
    location: "spec/workflowSpec/templates/0/container/args/0",
    document: `{apiVersion: argoproj.io/v1alpha1, kind: CronWorkflow, metadata: {name: n, labels: {team: a}}, spec: {schedules: ["@daily"], workflowSpec: {entrypoint: m, templates: [{name: m, container: {image: i, args: ["{{workflow.labels.team}}"]}}]}}}`,
  },
  {
    code: "template-undefined",
    location: "spec/templates/0/steps/0/0/template",
    spec: steps('[{name: a, template: "{{item.k}}", withItems: [{k: c}]}]'),
  },
  {
    code: "template-undefined",
    location: "spec/templates/0/steps/0/0/template",
    spec: `{entrypoint: m, arguments: {parameters: [{name: p, value: other}]}, templates: [{name: m, steps: [[{name: a, template: "{{workflow.parameters.p}}"}]]}, ${c}]}`,
  },
  {
    code: "template-undefined",
    location: "spec/templates/1/steps/0/0/template",
    spec: `{entrypoint: m, templates: [{name: m, steps: [[{name: a, template: i, arguments: {parameters: [{name: p, value: c}]}}]]}, {name: i, inputs: {parameters: [{name: p}]}, steps: [[{name: a, template: "{{inputs.parameters.p}}"}]]}, ${c}]}`,
  },
  {
    code: "entrypoint-undefined",
    location: "spec/entrypoint",
    spec: `{entrypoint: "{{workflow.parameters.p}}", arguments: {parameters: [{name: p, value: c}]}, templates: [${c}]}`,
  },
  {
    code: "onexit-undefined",
    location: "spec/onExit",
    spec: `{entrypoint: c, onExit: "{{workflow.parameters.p}}", arguments: {parameters: [{name: p, value: c}]}, templates: [${c}]}`,
  },
  {
    code: "metric-name",
    location: "spec/metrics/prometheus/0/name",
    spec: `{entrypoint: c, metrics: {prometheus: [{name: a-b, help: h, counter: {value: "1"}}]}, templates: [${c}]}`,
  },
  { code: "cron-timezone", location: "spec/timezone", document: cron('schedules: ["@daily"], timezone: asia/seoul') },
  { code: "cron-timezone", location: "spec/timezone", document: cron('schedules: ["@daily"], timezone: utc') },
  { code: "cron-timezone", location: "spec/timezone", document: cron('schedules: ["@daily"], timezone: "+09:00"') },
  { code: "step-name-too-long", location: "spec/templates/0/steps/0/0/name", spec: steps(`[{name: ${"a".repeat(129)}, template: c}]`) },
  {
    code: "step-name-duplicate",
    location: "spec/templates/0/steps/1/0/name",
    spec: steps("[{name: a, template: c}], [{name: a, template: c}]"),
  },
  {
    code: "param-name-required",
    location: "spec/templates/0/inputs/parameters/0",
    spec: leaf("inputs: {parameters: [{value: 1}]}, container: {image: i}"),
  },
  {
    code: "param-name-invalid",
    location: "spec/arguments/parameters/0/name",
    spec: `{entrypoint: c, arguments: {parameters: [{name: learning.rate, value: 1}]}, templates: [${c}]}`,
  },
  {
    code: "param-name-duplicate",
    location: "spec/arguments/parameters/1/name",
    spec: `{entrypoint: c, arguments: {parameters: [{name: p, value: 1}, {name: p, value: 2}]}, templates: [${c}]}`,
  },
  {
    code: "artifact-name-required",
    location: "spec/templates/0/inputs/artifacts/0",
    spec: leaf("inputs: {artifacts: [{path: /x, raw: {data: x}}]}, container: {image: i}"),
  },
  {
    code: "artifact-name-invalid",
    location: "spec/templates/0/inputs/artifacts/0/name",
    spec: leaf("inputs: {artifacts: [{name: a b, path: /x, raw: {data: x}}]}, container: {image: i}"),
  },
  {
    code: "artifact-name-duplicate",
    location: "spec/templates/0/inputs/artifacts/1/name",
    spec: leaf("inputs: {artifacts: [{name: a, path: /x, raw: {data: x}}, {name: a, path: /y, raw: {data: x}}]}, container: {image: i}"),
  },
  {
    code: "global-name-invalid",
    location: "spec/templates/0/outputs/parameters/0/globalName",
    spec: output("globalName: a b, valueFrom: {path: /o}"),
  },
  // workflow
  { code: "entrypoint-required", location: "spec", spec: `{templates: [${c}]}` },
  { code: "entrypoint-undefined", location: "spec/entrypoint", spec: `{entrypoint: main, templates: [${c}]}` },
  { code: "onexit-undefined", location: "spec/onExit", spec: `{entrypoint: c, onExit: notify, templates: [${c}]}` },
  {
    code: "wf-template-ref-with-templates",
    location: "spec/workflowTemplateRef",
    spec: `{workflowTemplateRef: {name: t}, templates: [${c}]}`,
  },
  {
    code: "wf-template-ref-name-required",
    location: "spec/workflowTemplateRef",
    spec: "{entrypoint: m, workflowTemplateRef: {clusterScope: true}}",
  },
  {
    code: "wf-template-ref-not-found",
    location: "spec/workflowTemplateRef/name",
    spec: "{entrypoint: m, workflowTemplateRef: {name: nowhere}}",
  },
  {
    code: "hook-expression-required",
    location: "spec/hooks/running",
    spec: `{entrypoint: c, hooks: {running: {template: c}}, templates: [${c}]}`,
  },
  {
    code: "hook-template-undefined",
    location: "spec/hooks/exit/template",
    spec: `{entrypoint: c, hooks: {exit: {template: nobody}}, templates: [${c}]}`,
  },
  { code: "podgc-strategy", location: "spec/podGC/strategy", spec: `{entrypoint: c, podGC: {strategy: Always}, templates: [${c}]}` },
  {
    code: "podgc-selector",
    location: "spec/podGC/labelSelector/matchExpressions/0",
    spec: `{entrypoint: c, podGC: {labelSelector: {matchExpressions: [{key: k, operator: Near}]}}, templates: [${c}]}`,
  },
  {
    code: "pod-resources-kind",
    location: "spec/podResources/limits/nvidia.com/gpu",
    spec: `{entrypoint: c, podResources: {limits: {nvidia.com/gpu: 1}}, templates: [${c}]}`,
  },
  {
    code: "pod-resources-claims",
    location: "spec/templates/0/podResources/claims",
    spec: leaf("podResources: {claims: [{name: x}]}, container: {image: i}"),
  },
  {
    code: "pod-resources-not-pod",
    location: "spec/templates/0/podResources",
    spec: leaf('podResources: {limits: {cpu: 1}}, http: {url: "http://x"}'),
  },
  {
    code: "resource-claims-not-pod",
    location: "spec/templates/0/resourceClaims",
    spec: leaf("resourceClaims: [{name: g, resourceClaimTemplateName: t}], suspend: {}"),
  },
  {
    code: "executor-plugin-incomplete",
    location: "spec/executorPlugins/0",
    spec: `{entrypoint: c, executorPlugins: [{metadata: {name: p}, spec: {sidecar: {container: {image: i}}}}], templates: [${c}]}`,
  },
  { code: "cron-schedule-missing", location: "spec", document: cron("suspend: true") },
  { code: "cron-schedule-syntax", location: "spec/schedules/0", document: cron('schedules: ["61 * * * *"]') },
  { code: "cron-timezone", location: "spec/timezone", document: cron('schedules: ["@daily"], timezone: Mars/Base') },
  { code: "cron-concurrency", location: "spec/concurrencyPolicy", document: cron('schedules: ["@daily"], concurrencyPolicy: Queue') },
  { code: "cron-deadline", location: "spec/startingDeadlineSeconds", document: cron('schedules: ["@daily"], startingDeadlineSeconds: -1') },
  {
    code: "arg-value-required",
    location: "spec/arguments/parameters/0",
    mode: "default",
    spec: `{entrypoint: c, arguments: {parameters: [{name: p}]}, templates: [${c}]}`,
  },
  {
    code: "arg-valuefrom-kind",
    location: "spec/arguments/parameters/0/valueFrom",
    spec: `{entrypoint: c, arguments: {parameters: [{name: p, valueFrom: {path: /x}}]}, templates: [${c}]}`,
  },
  {
    code: "enum-empty",
    location: "spec/arguments/parameters/0/enum",
    spec: `{entrypoint: c, arguments: {parameters: [{name: p, value: a, enum: []}]}, templates: [${c}]}`,
  },
  {
    code: "enum-value",
    location: "spec/arguments/parameters/0/value",
    spec: `{entrypoint: c, arguments: {parameters: [{name: p, value: qa, enum: [dev, prod]}]}, templates: [${c}]}`,
  },
  {
    code: "arg-artifact-location",
    location: "spec/arguments/artifacts/0",
    spec: `{entrypoint: c, arguments: {artifacts: [{name: d, path: /in}]}, templates: [${c}]}`,
  },
  {
    code: "from-and-from-expression",
    location: "spec/arguments/artifacts/0",
    spec: `{entrypoint: c, arguments: {artifacts: [{name: d, from: "{{workflow.outputs.artifacts.x}}", fromExpression: x}]}, templates: [${c}]}`,
  },
  // templates
  { code: "template-type-missing", location: "spec/templates/0", spec: "{entrypoint: m, templates: [{name: m}]}" },
  { code: "template-type-multiple", location: "spec/templates/0", spec: leaf("container: {image: i}, suspend: {}") },
  { code: "image-required", location: "spec/templates/0/container", spec: leaf("container: {command: [sh]}") },
  { code: "timeout-on-nonleaf", location: "spec/templates/0/timeout", spec: leaf("suspend: {}, timeout: 60s") },
  { code: "timeout-format", location: "spec/templates/0/timeout", spec: leaf('container: {image: i}, timeout: "60"') },
  {
    code: "active-deadline-nonleaf",
    location: "spec/templates/0/activeDeadlineSeconds",
    spec: leaf("suspend: {}, activeDeadlineSeconds: 60"),
  },
  {
    code: "active-deadline-value",
    location: "spec/templates/0/activeDeadlineSeconds",
    spec: leaf("container: {image: i}, activeDeadlineSeconds: -1"),
  },
  { code: "parallelism-on-leaf", location: "spec/templates/0/parallelism", spec: leaf("container: {image: i}, parallelism: 2") },
  {
    code: "retry-policy",
    location: "spec/templates/0/retryStrategy/retryPolicy",
    spec: leaf("container: {image: i}, retryStrategy: {retryPolicy: Sometimes}"),
  },
  {
    code: "init-container-name",
    location: "spec/templates/0/initContainers/0",
    spec: leaf("container: {image: i}, initContainers: [{image: i}]"),
  },
  {
    code: "reserved-container-name",
    location: "spec/templates/0/sidecars/0/name",
    spec: leaf("container: {image: i}, sidecars: [{name: wait, image: i}]"),
  },
  {
    code: "mount-path-collision",
    location: "spec/templates/0/inputs/artifacts/0/path",
    spec: leaf(
      "inputs: {artifacts: [{name: d, path: /data, raw: {data: x}}]}, volumes: [{name: v, emptyDir: {}}], container: {image: i, volumeMounts: [{name: v, mountPath: /data}]}",
    ),
  },
  // artifacts and outputs
  { code: "input-artifact-path-required", location: "spec/templates/0/inputs/artifacts/0", spec: input("raw: {data: x}") },
  {
    code: "output-artifact-path-required",
    location: "spec/templates/0/outputs/artifacts/0",
    spec: leaf("container: {image: i}, outputs: {artifacts: [{name: o}]}"),
  },
  {
    code: "artifact-path-nonleaf",
    location: "spec/templates/0/inputs/artifacts/0/path",
    spec: `{entrypoint: m, templates: [{name: m, inputs: {artifacts: [{name: d, path: /x, raw: {data: y}}]}, steps: [[{name: s, template: c}]]}, ${c}]}`,
  },
  {
    code: "artifact-path-traversal",
    location: "spec/templates/0/inputs/artifacts/0/path",
    spec: input("path: /tmp/a/../../etc, raw: {data: x}"),
  },
  {
    code: "input-artifact-from",
    location: "spec/templates/0/inputs/artifacts/0/from",
    spec: input('path: /x, optional: true, from: "{{inputs.artifacts.d}}"'),
  },
  { code: "artifact-git-repo", location: "spec/templates/0/inputs/artifacts/0/git", spec: input("path: /x, git: {revision: main}") },
  { code: "artifact-hdfs", location: "spec/templates/0/inputs/artifacts/0/hdfs", spec: input("path: /x, hdfs: {path: /a}") },
  { code: "output-value-missing", location: "spec/templates/0/outputs/parameters/0", spec: output("description: x") },
  { code: "output-value-both", location: "spec/templates/0/outputs/parameters/0", spec: output("value: 1, valueFrom: {path: /o}") },
  { code: "output-valuefrom-none", location: "spec/templates/0/outputs/parameters/0/valueFrom", spec: output("valueFrom: {default: x}") },
  {
    code: "output-valuefrom-many",
    location: "spec/templates/0/outputs/parameters/0/valueFrom",
    spec: output("valueFrom: {path: /o, expression: \"'x'\"}"),
  },
  {
    code: "output-valuefrom-kind",
    location: "spec/templates/0/outputs/parameters/0/valueFrom/jsonPath",
    spec: output("valueFrom: {jsonPath: x}"),
  },
  // container sets, resources, metrics
  { code: "container-set-empty", location: "spec/templates/0/containerSet", spec: set("") },
  { code: "container-set-name-required", location: "spec/templates/0/containerSet/containers/0", spec: set("{image: i}") },
  { code: "container-set-name-invalid", location: "spec/templates/0/containerSet/containers/0/name", spec: set("{name: a b, image: i}") },
  {
    code: "container-set-name-duplicate",
    location: "spec/templates/0/containerSet/containers/1/name",
    spec: set("{name: a, image: i}, {name: a, image: i}"),
  },
  {
    code: "container-set-dependency",
    location: "spec/templates/0/containerSet/containers/0/dependencies/0",
    spec: set("{name: a, image: i, dependencies: [z]}"),
  },
  {
    code: "container-set-cycle",
    location: "spec/templates/0/containerSet",
    spec: set("{name: a, image: i, dependencies: [b]}, {name: b, image: i, dependencies: [a]}"),
  },
  {
    code: "container-set-main",
    location: "spec/templates/0/containerSet",
    spec: set("{name: a, image: i}", ", outputs: {parameters: [{name: o, valueFrom: {path: /o}}]}"),
  },
  { code: "resource-action", location: "spec/templates/0/resource/action", spec: leaf('resource: {action: make, manifest: "kind: Pod"}') },
  { code: "resource-manifest-missing", location: "spec/templates/0/resource", spec: leaf("resource: {action: create}") },
  {
    code: "resource-manifest-both",
    location: "spec/templates/0/resource",
    spec: leaf(
      'inputs: {artifacts: [{name: d, path: /x, raw: {data: x}}]}, resource: {action: create, manifest: "kind: Pod", manifestFrom: {artifact: {name: d}}}',
    ),
  },
  {
    code: "resource-manifest-from-artifact",
    location: "spec/templates/0/resource/manifestFrom",
    spec: leaf("resource: {action: create, manifestFrom: {artifact: {name: d}}}"),
  },
  {
    code: "metric-name",
    location: "spec/templates/0/metrics/prometheus/0/name",
    spec: metric('name: my.metric, help: h, counter: {value: "1"}'),
  },
  { code: "metric-help", location: "spec/templates/0/metrics/prometheus/0", spec: metric('name: m, counter: {value: "1"}') },
  {
    code: "metric-label",
    location: "spec/templates/0/metrics/prometheus/0/labels/0",
    spec: metric('name: m, help: h, labels: [{key: a.b, value: x}], counter: {value: "1"}'),
  },
  { code: "metric-value", location: "spec/templates/0/metrics/prometheus/0/counter", spec: metric("name: m, help: h, counter: {}") },
  {
    code: "metric-realtime",
    location: "spec/templates/0/metrics/prometheus/0/gauge/value",
    spec: metric('name: m, help: h, gauge: {realtime: true, value: "{{resourcesDuration.cpu}}"}'),
  },
  // calls
  { code: "call-target", location: "spec/templates/0/dag/tasks/0", spec: dag("{name: a}") },
  {
    code: "call-target-many",
    location: "spec/templates/0/steps/0/0",
    spec: steps("[{name: a, template: c, templateRef: {name: t, template: c}}]"),
  },
  { code: "template-undefined", location: "spec/templates/0/dag/tasks/0/template", spec: dag("{name: a, template: nobody}") },
  { code: "template-ref-incomplete", location: "spec/templates/0/dag/tasks/0/templateRef", spec: dag("{name: a, templateRef: {name: t}}") },
  {
    code: "template-ref-not-found",
    location: "spec/templates/0/dag/tasks/0/templateRef",
    spec: dag("{name: a, templateRef: {name: t, template: x}}"),
  },
  { code: "input-not-supplied", location: "spec/templates/0/dag/tasks/0", spec: dag("{name: a, template: d}") },
  { code: "entry-input-not-supplied", location: "spec/entrypoint", spec: `{entrypoint: d, templates: [${d}]}` },
  {
    code: "loop-kinds-exclusive",
    location: "spec/templates/0/steps/0/0",
    spec: steps("[{name: a, template: c, withItems: [1], withSequence: {count: 2}}]"),
  },
  {
    code: "sequence-count-and-end",
    location: "spec/templates/0/steps/0/0/withSequence",
    spec: steps("[{name: a, template: c, withSequence: {count: 2, end: 5}}]"),
  },
  {
    code: "sequence-count-or-end",
    location: "spec/templates/0/steps/0/0/withSequence",
    spec: steps("[{name: a, template: c, withSequence: {start: 2}}]"),
  },
  // order
  { code: "dag-empty", location: "spec/templates/0/dag", spec: dag("") },
  {
    code: "dag-cycle",
    location: "spec/templates/0/dag/tasks/0",
    spec: dag("{name: a, template: c, depends: b}, {name: b, template: c, depends: a}"),
  },
  {
    code: "dependency-undefined",
    location: "spec/templates/0/dag/tasks/0/dependencies",
    spec: dag("{name: a, template: c, dependencies: [zz]}"),
  },
  {
    code: "depends-and-dependencies",
    location: "spec/templates/0/dag/tasks/2/dependencies",
    spec: dag("{name: a, template: c}, {name: b, template: c, depends: a}, {name: e, template: c, dependencies: [a]}"),
  },
  {
    code: "depends-and-continue-on",
    location: "spec/templates/0/dag/tasks/0/continueOn",
    spec: dag("{name: a, template: c, continueOn: {failed: true}}, {name: b, template: c, depends: a}"),
  },
  {
    code: "depends-result-unknown",
    location: "spec/templates/0/dag/tasks/1/depends",
    spec: dag("{name: a, template: c}, {name: b, template: c, depends: a.Done}"),
  },
  {
    code: "depends-items",
    location: "spec/templates/0/dag/tasks/1/depends",
    spec: dag("{name: a, template: c}, {name: b, template: c, depends: a.AllFailed}"),
  },
  {
    code: "depends-syntax",
    location: "spec/templates/0/dag/tasks/1/depends",
    spec: dag('{name: a, template: c}, {name: b, template: c, depends: "a &&"}'),
  },
  {
    code: "dag-target-undefined",
    location: "spec/templates/0/dag/target",
    spec: `{entrypoint: m, templates: [{name: m, dag: {target: a z, tasks: [{name: a, template: c}]}}, ${c}]}`,
  },
  // references
  { code: "unresolved-reference", location: "spec/templates/0/container/args/0", spec: pod('args: ["{{inputs.parameters.nope}}"]') },
  { code: "unresolved-reference", location: "spec/templates/0/container/args/0", spec: pod('args: ["{{workflow.failures}}"]') },
  { code: "unknown-variable-root", location: "spec/templates/0/container/args/0", spec: pod('args: ["{{input.parameters.x}}"]') },
  {
    code: "item-outside-loop",
    location: "spec/templates/0/steps/0/0/arguments/parameters/0/value",
    spec: steps('[{name: a, template: d, withItems: [{k: 1}], arguments: {parameters: [{name: x, value: "{{item.z}}"}]}}]'),
  },
  {
    code: "future-step-reference",
    location: "spec/templates/0/steps/0/0/when",
    spec: steps('[{name: a, template: c, when: "{{steps.b.status}} == Succeeded"}], [{name: b, template: c}]'),
  },
  {
    code: "missing-dependency",
    location: "spec/templates/0/dag/tasks/1/arguments/parameters/0/value",
    spec: dag('{name: a, template: c}, {name: b, template: d, arguments: {parameters: [{name: x, value: "{{tasks.a.outputs.result}}"}]}}'),
  },
  {
    code: "missing-dependency-embedded",
    location: "spec/templates/0/dag/tasks/1/when",
    spec: dag('{name: a, template: c}, {name: b, template: c, when: "{{tasks.a.outputs.result}} == 1"}'),
  },
  { code: "tag-unterminated", location: "spec/templates/0/container/args/0", spec: pod('args: ["{{workflow.name"]') },
  {
    code: "parallel-step-order",
    location: "spec/templates/0/steps/0/1/arguments/parameters/0",
    spec: steps(
      '[{name: a, template: c}, {name: b, template: d, arguments: {parameters: [{name: x, value: "{{steps.a.outputs.result}}"}]}}]',
    ),
  },
  // cluster
  { code: "object-name-invalid", location: "metadata/name", document: named("{name: My_Flow}") },
  { code: "label-key-invalid", location: "metadata/labels/a b", document: named("{name: n, labels: {a b: x}}") },
  { code: "label-value-invalid", location: "metadata/labels/a", document: named('{name: n, labels: {a: "x y"}}') },
  { code: "annotation-key-invalid", location: "metadata/annotations/a b", document: named("{name: n, annotations: {a b: x}}") },
  {
    code: "annotations-too-large",
    location: "metadata/annotations",
    document: named(`{name: n, annotations: {a: ${"x".repeat(263_000)}}}`),
  },
  {
    code: "crd-templates-max",
    location: "spec/templates",
    spec: `{entrypoint: c, templates: [${c}${Array.from({ length: 200 }, (_, i) => `, {name: t${i}, container: {image: i}}`).join("")}]}`,
  },
  {
    code: "crd-tasks-max",
    location: "spec/templates/0/dag/tasks",
    spec: dag(Array.from({ length: 201 }, (_, i) => `{name: t${i}, template: c}`).join(", ")),
  },
  {
    code: "container-name-invalid",
    location: "spec/templates/0/sidecars/0/name",
    spec: leaf("container: {image: i}, sidecars: [{name: Big, image: i}]"),
  },
  { code: "env-name-invalid", location: "spec/templates/0/container/env/0/name", spec: pod("env: [{name: a=b, value: x}]") },
  {
    code: "env-two-sources",
    location: "spec/templates/0/container/env/0",
    spec: pod("env: [{name: a, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]"),
  },
  { code: "pull-policy-unknown", location: "spec/templates/0/container/imagePullPolicy", spec: pod("imagePullPolicy: Sometimes") },
  { code: "port-range", location: "spec/templates/0/container/ports/0/containerPort", spec: pod("ports: [{containerPort: 70000}]") },
  {
    code: "volume-mount-undefined",
    location: "spec/templates/0/container/volumeMounts/0/name",
    spec: pod("volumeMounts: [{name: nope, mountPath: /x}]"),
  },
  {
    code: "mount-path-invalid",
    location: "spec/templates/0/container/volumeMounts/0/mountPath",
    spec: leaf('volumes: [{name: v, emptyDir: {}}], container: {image: i, volumeMounts: [{name: v, mountPath: "/x:y"}]}'),
  },
  {
    code: "request-over-limit",
    location: "spec/templates/0/container/resources/requests/cpu",
    spec: pod("resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}"),
  },
  {
    code: "extended-resource-unequal",
    location: "spec/templates/0/container/resources/requests/nvidia.com/gpu",
    spec: pod("resources: {requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: 2}}"),
  },
  {
    code: "quantity-unit-suspicious",
    location: "spec/templates/0/container/resources/limits/memory",
    spec: pod("resources: {limits: {memory: 100m}}"),
  },
  // advice
  { code: "template-unused", location: "spec/templates/1/name", spec: `{entrypoint: c, templates: [${c}, ${d}]}` },
  {
    code: "argument-unused",
    location: "spec/templates/0/dag/tasks/0/arguments/parameters/0",
    spec: dag("{name: a, template: c, arguments: {parameters: [{name: extra, value: 1}]}}"),
  },
];
