/**
 * Pipelines to measure with: as the KFP SDK compiles them, one template for each task, about two wires a task and 1.3 kB of text.
 * Deterministic: the same number of tasks gives the same text on every machine.
 */

/** The text of a pipeline with this many tasks. */
export function pipelineText(tasks: number): string {
  const random = generator(20260101);
  const names = Array.from({ length: tasks }, (_, index) => `step-${index}`);
  const sources = names.map((_, index) => sourcesOf(index, random));
  return [
    "apiVersion: argoproj.io/v1alpha1",
    "kind: Workflow",
    "metadata:",
    "  generateName: bench-",
    "  annotations:",
    "    pipelines.kubeflow.org/kfp_sdk_version: 1.8.22",
    `    pipelines.kubeflow.org/pipeline_spec: '{"name": "bench", "inputs": [{"name": "rate", "default": "0.1", "optional": true}]}'`,
    "spec:",
    "  entrypoint: bench",
    "  arguments:",
    "    parameters:",
    "    - {name: rate, value: '0.1'}",
    "  serviceAccountName: pipeline-runner",
    "  templates:",
    "  - name: bench",
    "    inputs:",
    "      parameters:",
    "      - {name: rate}",
    "    dag:",
    "      tasks:",
    ...names.flatMap((name, index) => taskLines(name, sources[index] ?? [])),
    ...names.flatMap((name, index) => templateLines(name, sources[index] ?? [])),
    "",
  ].join("\n");
}

/** The same pipeline as a spec of KFP v2: one component and one executor for each task. */
export function pipelineTextV2(tasks: number): string {
  const random = generator(20260101);
  const names = Array.from({ length: tasks }, (_, index) => `step-${index}`);
  const sources = names.map((_, index) => sourcesOf(index, random));
  return [
    "components:",
    ...names.flatMap((name, index) => componentLinesV2(name, sources[index] ?? [])),
    "deploymentSpec:",
    "  executors:",
    ...names.flatMap((name) => executorLinesV2(name)),
    "pipelineInfo:",
    "  name: bench",
    "root:",
    "  dag:",
    "    tasks:",
    ...names.flatMap((name, index) => taskLinesV2(name, sources[index] ?? [])),
    "  inputDefinitions:",
    "    parameters:",
    "      rate:",
    "        defaultValue: 0.1",
    "        isOptional: true",
    "        parameterType: NUMBER_DOUBLE",
    "schemaVersion: 2.1.0",
    "sdkVersion: kfp-2.17.3",
    "",
  ].join("\n");
}

function artifactLinesV2(name: string): readonly string[] {
  return [`        ${name}:`, "          artifactType:", "            schemaTitle: system.Dataset", "            schemaVersion: 0.0.1"];
}

function componentLinesV2(name: string, sources: readonly number[]): readonly string[] {
  return [
    `  comp-${name}:`,
    `    executorLabel: exec-${name}`,
    "    inputDefinitions:",
    ...(sources.length === 0 ? [] : ["      artifacts:", ...sources.flatMap((source) => artifactLinesV2(`step_${source}_data`))]),
    "      parameters:",
    "        rate:",
    "          parameterType: NUMBER_DOUBLE",
    "    outputDefinitions:",
    "      artifacts:",
    ...artifactLinesV2("data"),
  ];
}

function executorLinesV2(name: string): readonly string[] {
  return [
    `    exec-${name}:`,
    "      container:",
    "        args:",
    "        - --rate",
    "        - '{{$.inputs.parameters[''rate'']}}'",
    "        - --output",
    "        - '{{$.outputs.artifacts[''data''].path}}'",
    "        command:",
    "        - python3",
    "        - -u",
    "        - -m",
    "        - steps.run",
    `        image: registry.example/steps/${name}:1.4`,
    "        resources:",
    "          cpuLimit: 1.0",
    "          memoryLimit: 2.147483648",
    "          resourceCpuLimit: '1'",
    "          resourceMemoryLimit: 2Gi",
  ];
}

function taskLinesV2(name: string, sources: readonly number[]): readonly string[] {
  return [
    `      ${name}:`,
    "        cachingOptions:",
    "          enableCache: true",
    "        componentRef:",
    `          name: comp-${name}`,
    ...(sources.length === 0 ? [] : ["        dependentTasks:", ...sources.map((source) => `        - step-${source}`)]),
    "        inputs:",
    ...(sources.length === 0 ? [] : ["          artifacts:"]),
    ...sources.flatMap((source) => [
      `            step_${source}_data:`,
      "              taskOutputArtifact:",
      "                outputArtifactKey: data",
      `                producerTask: step-${source}`,
    ]),
    "          parameters:",
    "            rate:",
    "              componentInputParameter: rate",
    "        taskInfo:",
    `          name: ${name}`,
  ];
}

/** Two earlier tasks, mostly near ones: pipelines are deep rather than wide. */
function sourcesOf(index: number, random: () => number): readonly number[] {
  if (index === 0) return [];
  const near = () => Math.max(0, index - 1 - Math.floor(random() * Math.min(index, 12)));
  return [...new Set([near(), near()])].sort((a, b) => a - b);
}

function taskLines(name: string, sources: readonly number[]): readonly string[] {
  return [
    `      - name: ${name}`,
    `        template: ${name}`,
    ...(sources.length === 0 ? [] : [`        dependencies: [${sources.map((source) => `step-${source}`).join(", ")}]`]),
    "        arguments:",
    "          parameters:",
    "          - {name: rate, value: '{{inputs.parameters.rate}}'}",
    ...(sources.length === 0 ? [] : ["          artifacts:"]),
    ...sources.map(
      (source) => `          - {name: step-${source}-data, from: '{{tasks.step-${source}.outputs.artifacts.step-${source}-data}}'}`,
    ),
  ];
}

function templateLines(name: string, sources: readonly number[]): readonly string[] {
  const inputs = sources.map((source) => `{"name": "step_${source}_data", "type": "Dataset"}`).join(", ");
  const component = `{"implementation": {"container": {"image": "registry.example/steps/${name}:1.4"}}, "inputs": [${inputs}], "name": "${name}", "outputs": [{"name": "data", "type": "Dataset"}]}`;
  return [
    `  - name: ${name}`,
    "    container:",
    `      image: registry.example/steps/${name}:1.4`,
    "      command: [python3, -u, -m, steps.run]",
    "      args:",
    "      - --rate",
    "      - '{{inputs.parameters.rate}}'",
    ...sources.flatMap((source) => ["      - --input", `      - /tmp/inputs/step_${source}_data/data`]),
    "      - --output",
    "      - /tmp/outputs/data/data",
    "      resources:",
    "        requests: {cpu: 500m, memory: 1Gi}",
    "        limits: {cpu: '1', memory: 2Gi}",
    "    inputs:",
    "      parameters:",
    "      - {name: rate}",
    ...(sources.length === 0 ? [] : ["      artifacts:"]),
    ...sources.map((source) => `      - {name: step-${source}-data, path: /tmp/inputs/step_${source}_data/data}`),
    "    outputs:",
    "      artifacts:",
    `      - {name: ${name}-data, path: /tmp/outputs/data/data}`,
    "    metadata:",
    "      labels:",
    "        pipelines.kubeflow.org/kfp_sdk_version: 1.8.22",
    `      annotations: {pipelines.kubeflow.org/component_spec: '${component}'}`,
  ];
}

/** Numbers from 0 to 1 that only look random (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
