import { type Data, type DataMap, field, isMap, listField, textField } from "#data/data.ts";

/**
 * What must hold of every workflow compiled as the KFP SDK does (docs/spec/kfp-v1.md#invariants); gives the broken rules, each with its
 * place.
 */
export function invariants(workflow: DataMap): readonly string[] {
  const spec = field(workflow, "spec");
  const templates = listField(spec, "templates").filter(isMap);
  const broken: string[] = [];
  const check = (holds: boolean, rule: string) => void (holds || broken.push(rule));
  const sorted = (names: readonly (string | undefined)[]) => names.every((name, i) => i === 0 || (names[i - 1] ?? "") <= (name ?? ""));
  const names = (list: readonly Data[]) => list.map((item) => textField(item, "name"));

  check(sorted(names(templates)), "templates are sorted");
  check(new Set(names(templates)).size === templates.length, "template names are unique");
  check(
    textField(field(workflow, "metadata"), "generateName") === `${textField(spec, "entrypoint")}-`,
    "generateName is the entrypoint and a dash",
  );
  check(textField(spec, "serviceAccountName") === "pipeline-runner", "serviceAccountName is pipeline-runner");
  check(Array.isArray(field(field(spec, "arguments"), "parameters")), "arguments.parameters is present");
  for (const parameter of listField(field(spec, "arguments"), "parameters"))
    check(["string", "undefined"].includes(typeof field(parameter, "value")), "parameter values are text");

  for (const template of templates) {
    const name = textField(template, "name") ?? "?";
    const at = (rule: string) => `${name}: ${rule}`;
    check(/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/.test(name), at("is a name Argo takes"));
    check(
      ["container", "resource", "dag"].filter((kind) => Object.hasOwn(template, kind)).length === 1,
      at("has one of container, resource, dag"),
    );
    for (const side of ["inputs", "outputs"]) {
      const parameters = names(listField(field(template, side), "parameters"));
      check(sorted(parameters), at(`${side} are sorted`));
      const artifacts = names(listField(field(template, side), "artifacts"));
      check(new Set(parameters).size === parameters.length && new Set(artifacts).size === artifacts.length, at(`${side} are unique`));
      for (const port of [...parameters, ...artifacts]) check(/^[-a-zA-Z0-9_]+$/.test(port ?? ""), at(`${port} is a name Argo takes`));
    }
    if (Object.hasOwn(template, "dag")) checkDag(template, templates, at, check);
    else checkLeaf(template, name, at, check);
  }
  return broken;
}

type Check = (holds: boolean, rule: string) => void;

function checkLeaf(template: DataMap, name: string, at: (rule: string) => string, check: Check): void {
  const { inputs, ...rest } = template;
  const text = JSON.stringify([rest, listField(inputs, "artifacts")]);
  const declared = listField(inputs, "parameters").map((parameter) => textField(parameter, "name") ?? "");
  const used = [...text.matchAll(/\{\{inputs\.parameters\.([-\w]+)\}\}/g)].map((match) => match[1] ?? "");
  for (const parameter of declared) check(used.includes(parameter), at(`input ${parameter} is used`));
  for (const parameter of used) check(declared.includes(parameter), at(`input ${parameter} is declared`));
  const outputs = field(template, "outputs");
  const artifacts = listField(outputs, "artifacts").map((output) => textField(output, "name") ?? "");
  const parameters = listField(outputs, "parameters").map((output) => textField(output, "name") ?? "");
  if (Object.hasOwn(template, "container"))
    for (const output of parameters) check(artifacts.includes(output), at(`output ${output} is an artifact, too`));
  for (const output of [...artifacts, ...parameters])
    check(output.startsWith(`${name}-`) || output.startsWith("mlpipeline-"), at(`output ${output} is named after its step`));
  const annotations = field(field(template, "metadata"), "annotations");
  const component = textField(annotations, "pipelines.kubeflow.org/component_spec");
  if (component === undefined) return;
  const container = field(template, "container");
  check(Array.isArray(field(container, "command")) && Array.isArray(field(container, "args")), at("command and args are lists"));
  check(/^[\x20-\x7e]*$/.test(component), at("component_spec is ASCII"));
}

function checkDag(template: DataMap, templates: readonly DataMap[], at: (rule: string) => string, check: Check): void {
  const tasks = listField(field(template, "dag"), "tasks");
  const names = tasks.map((task) => textField(task, "name") ?? "");
  check(!Object.hasOwn(template, "metadata"), at("a DAG has no metadata"));
  check(
    names.every((name, i) => i === 0 || (names[i - 1] ?? "") < name),
    at("tasks are sorted and unique"),
  );
  const inputs = new Set(
    ["parameters", "artifacts"].flatMap((list) =>
      listField(field(template, "inputs"), list).map((port) => `${list}.${textField(port, "name")}`),
    ),
  );
  const usedInputs = new Set(
    [...JSON.stringify(tasks).matchAll(/\{\{inputs\.((?:parameters|artifacts)\.[-\w]+)\}\}/g)].map((match) => match[1] ?? ""),
  );
  check([...inputs].sort().join() === [...usedInputs].sort().join(), at(`inputs are those used: ${[...inputs]} / ${[...usedInputs]}`));
  for (const task of tasks) {
    const name = textField(task, "name") ?? "?";
    const called = templates.find((one) => textField(one, "name") === textField(task, "template"));
    check(called !== undefined, at(`${name} calls a template`));
    check(textField(task, "template") === name, at(`${name} is named after its template`));
    const dependencies = listField(task, "dependencies").map(String);
    check(
      dependencies.every((one, i) => names.includes(one) && one !== name && (i === 0 || (dependencies[i - 1] ?? "") < one)),
      at(`${name} depends on siblings, sorted`),
    );
    for (const match of JSON.stringify(task).matchAll(/\{\{tasks\.([-\w]+)\.outputs\.(parameters|artifacts)\.([-\w]+)\}\}/g)) {
      check(dependencies.includes(match[1] ?? ""), at(`${name} depends on ${match[1]}`));
      const producer = templates.find((one) => textField(one, "name") === match[1]);
      const offered = listField(field(producer, "outputs"), match[2] ?? "").some((output) => textField(output, "name") === match[3]);
      check(offered, at(`${match[1]} offers ${match[2]} ${match[3]}`));
    }
    for (const list of ["parameters", "artifacts"]) {
      const given = listField(field(task, "arguments"), list).map((one) => textField(one, "name"));
      const wanted = listField(field(called, "inputs"), list)
        .filter((one) => !Object.hasOwn(isMap(one) ? one : {}, "raw"))
        .map((one) => textField(one, "name"));
      check(given.join() === [...wanted].sort().join(), at(`${name} is given the ${list} it declares: ${given} / ${wanted}`));
    }
  }
}
