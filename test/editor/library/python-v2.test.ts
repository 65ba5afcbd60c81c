import { expect, it } from "vitest";
import { editDocument, openDocument, printFresh } from "#compiler/document.ts";
import { openFunction, saveFunction } from "#editor/library/python-task.ts";
import type { Workflow } from "#pipeline/model.ts";

const program = `
import kfp
from kfp import dsl
from kfp.dsl import *
from typing import *

def train(rate: float, data: Input[Dataset], model: Output[Model]) -> float:
    # first
    with open(model.path, "w") as file:
        file.write(str(rate))
    return rate

`;
const install = `
if ! [ -x "$(command -v pip)" ]; then
    python3 -m ensurepip || python3 -m ensurepip --user || apt-get install python3-pip
fi

PIP_DISABLE_PIP_VERSION_CHECK=1 python3 -m pip install --quiet --no-warn-script-location 'pandas==2.2.0'  &&  python3 -m pip install --quiet --no-warn-script-location 'kfp==2.17.3' '--no-deps' && "$0" "$@"
`;
const launcher = `program_path=$(mktemp -d)

printf "%s" "$0" > "$program_path/ephemeral_component.py"
_KFP_RUNTIME=true python3 -m kfp.dsl.executor_main --component_module_path "$program_path/ephemeral_component.py" "$@"
`;
const text = printFresh([
  {
    components: {
      "comp-train": { executorLabel: "exec-train", inputDefinitions: { parameters: { rate: { parameterType: "NUMBER_DOUBLE" } } } },
    },
    deploymentSpec: {
      executors: {
        "exec-train": {
          container: {
            args: ["--executor_input", "{{$}}", "--function_to_execute", "train"],
            command: ["sh", "-c", install, "sh", "-ec", launcher, program],
            image: "python:3.11",
          },
        },
      },
    },
    pipelineInfo: { name: "python" },
    root: { dag: { tasks: { train: { componentRef: { name: "comp-train" }, taskInfo: { name: "train" } } } } },
    schemaVersion: "2.1.0",
  },
]);

const document = openDocument(text);
const workflow = document.model.objects[0] as Workflow;
const found = openFunction(workflow.templates[0]!.tasks[0]!, workflow.templates[1]!, "kfp-v2")!;

it("the function of a component of KFP v2 opens without the rest of the program", () => {
  expect(found.text).toBe(program.slice(program.indexOf("def train"), program.indexOf("return rate") + "return rate".length));
  expect([found.image, found.packages]).toEqual(["python:3.11", ["pandas==2.2.0"]]);
});

it("a new body changes its own lines in the program, nothing else", () => {
  const saved = saveFunction(found, found.text.replace("# first", "# second"), found);
  expect(saved.kind).toBe("body");
  const edited = editDocument(document, saved.kind === "body" ? saved.edits : []);
  expect(edited.ok && edited.document.text).toBe(text.replace("# first", "# second"));
});

it("another image changes the image and nothing else", () => {
  const saved = saveFunction(found, found.text, { ...found, image: "python:3.12" });
  const edited = editDocument(document, saved.kind === "body" ? saved.edits : []);
  expect(edited.ok && edited.document.text).toBe(text.replace("python:3.11", "python:3.12"));
});

it("a new type changes the signature and its port, nothing else", () => {
  const saved = saveFunction(found, found.text.replace("rate: float", "rate: int"), found);
  const edited = editDocument(document, saved.kind === "component" ? saved.edits : []);
  // The component of this file lacked the ports of its artifacts and its result; they come with the signature.
  expect(edited.ok && edited.document.text.includes("def train(rate: int, data: Input[Dataset], model: Output[Model]) -> float:")).toBe(
    true,
  );
  expect(edited.ok && edited.document.text.includes("parameterType: NUMBER_INTEGER")).toBe(true);
});

it("packages change in the line that installs them, nothing else", () => {
  const saved = saveFunction(found, found.text, { ...found, packages: ["pandas==2.3.0", "polars"] });
  const edited = editDocument(document, saved.kind === "component" ? saved.edits : []);
  expect(edited.ok && edited.document.text.includes("--no-warn-script-location 'pandas==2.3.0' 'polars'  &&  python3")).toBe(true);
});
