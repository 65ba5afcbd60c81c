import { expect } from "vitest";
import { compilePython, type PythonOptions } from "#compiler/python.ts";
import { type Data, type DataMap, field, listField, textField } from "#data/data.ts";

export const stamps = { sdkVersion: "1.8.22", compiledAt: "2024-05-01T09:30:00.000000" };

const head = `import kfp
from kfp import dsl
from kfp.components import InputPath, OutputPath, create_component_from_func, load_component_from_text, load_component_from_file
from kfp.onprem import mount_pvc, use_k8s_secret
from kubernetes import client as k8s
from kubernetes.client import V1EnvVar, V1EnvVarSource, V1SecretKeySelector, V1Toleration, V1Volume, V1VolumeMount

def make(text: str = 'x') -> str:
    return text

def files(rows_path: InputPath('CSV'), count: int, out_path: OutputPath('CSV'), note: str = None) -> int:
    return count

make_op = create_component_from_func(make)
files_op = create_component_from_func(files)
`;

/** Compiles a pipeline function with this body. Its parameters: `text`, `n`, `items`. */
export function compileBody(body: string, before = "", options: PythonOptions = {}) {
  const lines = body.split("\n").map((line) => `    ${line}`);
  const source = `${head}${before}\n@dsl.pipeline(name='Demo')\ndef demo(text: str = 't', n: int = 1, items: list = [1]):\n${lines.join("\n")}\n`;
  const compiled = compilePython(source, stamps, options);
  const spec = field(compiled.workflow, "spec");
  const named = (list: readonly Data[], name: string): DataMap => {
    const found = list.find((one) => textField(one, "name") === name);
    if (!found) throw new Error(`no ${name} among ${list.map((one) => textField(one, "name")).join(", ")}`);
    return found as DataMap;
  };
  const template = (name: string) => named(listField(spec, "templates"), name);
  return {
    ...compiled,
    source,
    spec: spec as DataMap,
    names: listField(spec, "templates").map((one) => textField(one, "name")),
    template,
    task: (graph: string, name: string) => named(listField(field(template(graph), "dag"), "tasks"), name),
    /** The parts of the text that were left out. */
    leftOut: compiled.diagnostics
      .filter((one) => one.code === "python-pipeline-left-out")
      .map((one) => source.slice(...(one.span ?? [0, 0])).split("\n")[0]),
  };
}

/** Compiles a body in which everything is understood. */
export function compileWhole(body: string, before = "", options: PythonOptions = {}) {
  const made = compileBody(body, before, options);
  expect(made.diagnostics.filter((one) => one.level === "error" || one.code === "python-pipeline-left-out")).toEqual([]);
  return made;
}
