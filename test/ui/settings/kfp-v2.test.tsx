import { expect, test } from "vitest";
import { act, fireEvent, screen } from "@testing-library/react";
import Inspector from "#ui/inspector/inspector.tsx";
import { renderPart } from "../page.tsx";

const text = `components:
  comp-train:
    executorLabel: exec-train
deploymentSpec:
  executors:
    exec-train:
      container:
        image: python:3.12
        resources:
          resourceCpuLimit: '2'
pipelineInfo:
  name: settings
root:
  dag:
    tasks:
      train:
        componentRef:
          name: comp-train
        taskInfo:
          name: train
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.0
`;

test("the inspector of a KFP v2 task shows its own settings and changes only that line", async () => {
  const { editor } = await renderPart(<Inspector />, text, (one) => one.session({ selection: ["root/train"] }));
  const limit = screen.getByLabelText("CPU limit");
  expect(limit).toHaveValue("2");
  act(() => limit.focus());
  fireEvent.change(limit, { target: { value: "4" } });
  fireEvent.blur(limit);
  expect(await editor.settledText()).toBe(text.replace("'2'", "'4'"));
  expect(screen.queryByText("Scratch disk")).not.toBeInTheDocument();
  expect(screen.queryByText("Sidecars and init containers")).not.toBeInTheDocument();
  expect(screen.getByText("Secrets as files")).toBeInTheDocument();
});

test("the program that the SDK makes of a Python function is shown on request only", async () => {
  const python = text.replace(
    "        image: python:3.12\n",
    `        args: [--executor_input, '{{$}}', --function_to_execute, work]
        command: [sh, -ec, 'python3 -m kfp.dsl.executor_main "$@"', 'def work(): pass']
        image: python:3.12
`,
  );
  await renderPart(<Inspector />, python, (one) => one.session({ selection: ["root/train"] }));
  expect(screen.getByLabelText("Image")).toHaveValue("python:3.12");
  expect(document.querySelector('[data-setting="command"]')).toBeNull();
});

const parameters = text.replace(
  "root:\n",
  `root:
  inputDefinitions:
    parameters:
      count:
        parameterType: NUMBER_INTEGER
      mode:
        defaultValue: fast
        isOptional: true
        literals: [fast, slow]
        parameterType: STRING
`,
);

test("the inspector of a KFP v2 pipeline changes type, allowed values and optional of a parameter", async () => {
  const { editor } = await renderPart(<Inspector />, parameters);
  const type = screen.getByLabelText("Type of count");
  expect([...type.querySelectorAll("option")].map((one) => one.textContent)).toEqual(["str", "int", "float", "bool", "list", "dict"]);
  fireEvent.change(type, { target: { value: "NUMBER_DOUBLE" } });
  fireEvent.click(screen.getByLabelText("count may be left out"));
  expect(screen.queryByLabelText("mode may be left out")).not.toBeInTheDocument();
  const allowed = screen.getByLabelText("Allowed values of mode");
  expect(allowed).toHaveValue('["fast","slow"]');
  act(() => allowed.focus());
  fireEvent.change(allowed, { target: { value: "fast, slow, best" } });
  fireEvent.blur(allowed);
  fireEvent.change(screen.getByLabelText("Value of mode"), { target: { value: "best" } });
  expect(await editor.settledText()).toBe(
    parameters
      .replace("parameterType: NUMBER_INTEGER", "isOptional: true\n        parameterType: NUMBER_DOUBLE")
      .replace("[fast, slow]", "[fast, slow, best]")
      .replace("defaultValue: fast", "defaultValue: best"),
  );
});

test("a new parameter of a KFP v2 pipeline has no value, and the conditions and loops of its tasks are those of the format", async () => {
  const { editor } = await renderPart(<Inspector />, parameters);
  fireEvent.click(screen.getByRole("button", { name: "Add parameter" }));
  const name = screen.getByPlaceholderText("Name");
  fireEvent.change(name, { target: { value: "rate" } });
  fireEvent.keyDown(name, { key: "Enter" });
  expect(await editor.settledText()).toContain("      rate:\n        parameterType: STRING\n");
  act(() => editor.session({ selection: ["root/train"] }));
  expect(screen.getByLabelText("When")).toHaveAttribute("placeholder", "inputs.parameter_values['score'] > 0.5");
  const loop = screen.getByLabelText("Loop");
  expect([...loop.querySelectorAll("option")].map((one) => one.value)).toEqual(["none", "items", "param"]);
});

test("a field of the Kubernetes settings whose name is no constant says where it comes from, until a constant is typed", async () => {
  const platform = `${text}---
platforms:
  kubernetes:
    deploymentSpec:
      executors:
        exec-train:
          pvcMount:
          - mountPath: /work
            taskOutputParameter:
              outputParameterKey: name
              producerTask: createpvc
          secretAsVolume:
          - mountPath: /certs
            secretNameParameter:
              componentInputParameter: pipelinechannel--token
`;
  const { editor } = await renderPart(<Inspector />, platform, (one) => one.session({ selection: ["root/train"] }));
  expect(screen.getByPlaceholderText("from “createpvc · name”")).toHaveValue("");
  const secret = screen.getByPlaceholderText("from “token”");
  act(() => secret.focus());
  fireEvent.change(secret, { target: { value: "certs" } });
  fireEvent.blur(secret);
  expect(await editor.settledText()).toBe(
    platform.replace(
      "            secretNameParameter:\n              componentInputParameter: pipelinechannel--token\n",
      "            secretName: certs\n            secretNameParameter:\n              runtimeValue:\n                constant: certs\n",
    ),
  );
});

test("the name of a KFP v2 pipeline is its display name, in any script; its identifier follows", async () => {
  const { editor } = await renderPart(<Inspector />, text.replace("  name: settings\n", "  displayName: Settings!\n  name: settings\n"));
  const name = screen.getByLabelText("Pipeline name");
  expect(name).toHaveValue("Settings!");
  act(() => name.focus());
  fireEvent.change(name, { target: { value: "Night 학습" } });
  fireEvent.blur(name);
  expect(await editor.settledText()).toBe(text.replace("  name: settings\n", "  displayName: Night 학습\n  name: night\n"));
});
