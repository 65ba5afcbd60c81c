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
