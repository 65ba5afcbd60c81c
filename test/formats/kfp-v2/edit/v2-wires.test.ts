import { describe, expect, it } from "vitest";
import { editDocument, openDocument } from "#compiler/document.ts";
import { changed, edited, groups, refused } from "./change.ts";

/** `groups` with tasks at root and in the exit handler that take a value, a list, and lists and single artifacts. */
const wired = groups
  .replace(
    "  comp-flip:\n",
    `  comp-take:
    executorLabel: exec-take
    inputDefinitions:
      artifacts:
        model:
          artifactType: {schemaTitle: system.Model, schemaVersion: 0.0.1}
          isOptional: true
        models:
          artifactType: {schemaTitle: system.Model, schemaVersion: 0.0.1}
          isArtifactList: true
          isOptional: true
      parameters:
        list: {isOptional: true, parameterType: LIST}
        number: {isOptional: true, parameterType: NUMBER_DOUBLE}
        text: {isOptional: true, parameterType: STRING}
    outputDefinitions:
      parameters:
        words: {parameterType: STRING}
  comp-flip:
`,
  )
  .replace(
    "    exec-train:\n",
    "    exec-take:\n      container: {args: ['{{$}}'], command: [take], image: 'registry.example/take:1'}\n    exec-train:\n",
  )
  .replace(
    "        flip:\n          componentRef",
    "        take:\n          componentRef: {name: comp-take}\n          taskInfo: {name: take}\n        flip:\n          componentRef",
  )
  .replace(
    "      tasks:\n        train:\n",
    "      tasks:\n        check:\n          componentRef: {name: comp-take}\n          taskInfo: {name: check}\n        train:\n",
  )
  .replace(
    "root:\n  dag:\n    tasks:\n",
    "root:\n  dag:\n    tasks:\n      last:\n        componentRef: {name: comp-take}\n        taskInfo: {name: last}\n",
  )
  .replace(
    "schemaVersion: 2.1.0\nsdkVersion",
    "  inputDefinitions:\n    parameters:\n      lr: {defaultValue: 0.5, isOptional: true, parameterType: NUMBER_DOUBLE}\nschemaVersion: 2.1.0\nsdkVersion",
  );

const take = "comp-exit-handler-4/take";
const wire = (task: string, port: string, to: string, input: string, as?: "one-of" | "ignore-type") =>
  ({ kind: "connect", from: { task, port }, to: { task: to, port: input }, ...(as ? { as } : {}) }) as const;

describe("a wire within a graph", () => {
  it("is the argument and the order", () => {
    expect(changed(wired, wire("comp-exit-handler-4/flip", "Output", take, "text"))).toEqual([
      "+ dependentTasks: [flip]",
      "+ inputs:",
      "+ parameters:",
      "+ text:",
      "+ taskOutputParameter: {outputParameterKey: Output, producerTask: flip}",
    ]);
  });

  it("takes a list of artifacts for a list only, and no value for an artifact", () => {
    const loop = "comp-exit-handler-4/for-loop-5";
    expect(changed(wired, wire(loop, "pipelinechannel--train-model", take, "models"))).toHaveLength(5);
    expect(refused(wired, wire(loop, "pipelinechannel--train-model", take, "model"))).toBe("list-into-artifact");
    expect(refused(wired, wire("comp-exit-handler-4/flip", "Output", take, "model"))).toBe("parameter-into-artifact");
    expect(refused(wired, wire(loop, "pipelinechannel--train-model", take, "text"))).toBe("artifact-into-parameter");
    expect(refused(wired, wire("comp-for-loop-5/train", "model", "comp-for-loop-5/check", "models"))).toBe("artifact-into-list");
    expect(refused(wired, wire("comp-for-loop-5/train", "model", "comp-for-loop-5/check", "model"))).toBe("done");
  });

  it("does not end on an input that the system fills in", () => {
    expect(refused(wired, wire("root/last", "words", "root/notify", "status"))).toBe("filled-by-system");
  });

  it("keeps to the types of values, unless asked not to", () => {
    expect(refused(wired, wire("comp-exit-handler-4/flip", "Output", take, "number"))).toBe("type-mismatch");
    expect(editDocument(openDocument(wired), [wire("comp-exit-handler-4/flip", "Output", take, "number", "ignore-type")]).ok).toBe(true);
  });

  it("closes no cycle, also none by dependencies alone", () => {
    const ordered = edited(wired, { kind: "add-dependency", task: "comp-exit-handler-4/flip", on: take });
    expect(refused(ordered, wire("comp-exit-handler-4/flip", "Output", take, "text"))).toMatch(/cycle/);
  });

  it("goes with its order, and with ports of groups that it alone needed", () => {
    const made = edited(wired, wire("comp-exit-handler-4/flip", "Output", "comp-for-loop-5/check", "text"));
    expect(edited(made, { kind: "disconnect", to: { task: "comp-for-loop-5/check", port: "text" } })).toBe(wired);
  });
});

describe("a wire into groups", () => {
  it("hands the value in under the SDK's name, level by level", () => {
    expect(changed(wired, wire("comp-exit-handler-4/flip", "Output", "comp-for-loop-5/check", "text"))).toEqual([
      "- dependentTasks: [condition-branches-1]",
      "+ dependentTasks: [condition-branches-1, flip]",
      "+ inputs:",
      "+ parameters:",
      "+ pipelinechannel--flip-Output:",
      "+ taskOutputParameter: {outputParameterKey: Output, producerTask: flip}",
      "+ inputs:",
      "+ parameters:",
      "+ text: {componentInputParameter: pipelinechannel--flip-Output}",
      "+ pipelinechannel--flip-Output: {parameterType: STRING}",
    ]);
  });

  it("uses what is handed in already", () => {
    expect(changed(wired, wire("comp-exit-handler-4/flip", "Output", "comp-condition-3/score-2", "unit"))).toEqual([
      "+ unit: {componentInputParameter: pipelinechannel--flip-Output}",
    ]);
  });

  it("brings a parameter of the pipeline", () => {
    const text = edited(wired, { kind: "bind-parameter", task: "comp-for-loop-5/check", input: "number", parameter: "lr" });
    expect(text.match(/pipelinechannel--lr: \{componentInputParameter: (\S+)\}/g)).toEqual([
      "pipelinechannel--lr: {componentInputParameter: pipelinechannel--lr}",
      "pipelinechannel--lr: {componentInputParameter: lr}",
    ]);
    expect(text.match(/pipelinechannel--lr:\s+\{?parameterType: NUMBER_DOUBLE/g)).toHaveLength(2);
    expect(edited(text, { kind: "clear-argument", task: "comp-for-loop-5/check", input: "number" })).toBe(wired);
  });

  it("brings the item of a loop", () => {
    expect(
      changed(wired, {
        kind: "connect",
        from: { task: "", graph: "comp-for-loop-5", port: "item" },
        to: { task: "comp-for-loop-5/check", port: "text" },
      }),
    ).toEqual(["+ inputs:", "+ parameters:", "+ text: {componentInputParameter: pipelinechannel--loop-item-param-4}"]);
  });
});

describe("a wire out of groups", () => {
  it("surfaces the value, out of a loop as the list of all results", () => {
    expect(changed(wired, wire("comp-for-loop-5/check", "words", take, "list")).slice(0, 5)).toEqual([
      "+ dependentTasks: [for-loop-5]",
      "+ inputs:",
      "+ parameters:",
      "+ list:",
      "+ taskOutputParameter: {outputParameterKey: pipelinechannel--check-words, producerTask: for-loop-5}",
    ]);
    const text = edited(wired, wire("comp-for-loop-5/check", "words", "root/last", "list"));
    expect(text).toMatch(/ pipelinechannel--check-words:\s+\{?parameterType: LIST/);
    expect(text).toMatch(/pipelinechannel--for-loop-5-pipelinechannel--check-words:\s+\{?parameterType: LIST/);
    expect(edited(text, { kind: "disconnect", to: { task: "root/last", port: "list" } })).toBe(wired);
  });

  it("uses what is surfaced already", () => {
    expect(changed(wired, wire("comp-for-loop-5/train", "model", take, "models"))).toEqual([
      "+ dependentTasks: [for-loop-5]",
      "+ inputs:",
      "+ artifacts:",
      "+ models:",
      "+ taskOutputArtifact: {outputArtifactKey: pipelinechannel--train-model, producerTask: for-loop-5}",
    ]);
  });

  it("of a loop is refused where no list is taken", () => {
    expect(refused(wired, wire("comp-for-loop-5/train", "model", take, "model"))).toBe("loop-gives-list");
    expect(refused(wired, wire("comp-for-loop-5/check", "words", take, "number"))).toBe("loop-gives-list");
  });

  it("of a branch is refused with the offer of whichever branch runs", () => {
    const edit = wire("comp-condition-2/score", "Output", take, "number");
    const result = editDocument(openDocument(wired), [edit]);
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: "wire-out-of-branch", fixes: [{ code: "fix.connect-as-one-of", edits: [{ ...edit, as: "one-of" }] }] },
    });
    // The output that the pipeline has already.
    expect(changed(wired, { ...edit, as: "one-of" })).toEqual([
      "+ dependentTasks: [condition-branches-1]",
      "+ inputs:",
      "+ parameters:",
      "+ number:",
      "+ taskOutputParameter: {outputParameterKey: pipelinechannel--condition-branches-1-oneof-1, producerTask: condition-branches-1}",
    ]);
    expect(refused(wired, wire("comp-condition-2/score", "Output", "comp-condition-3/score-2", "unit"))).toBe("wire-out-of-condition");
  });

  it("of a branch makes an output of every branch", () => {
    const bare = wired
      .replace(/ {6}outputs:\n {8}parameters:\n {10}pipelinechannel--(score|condition-branches)[^]*?(?= {6}tasks:)/g, "")
      .replace(/ {4}outputDefinitions:\n {6}parameters:\n {8}pipelinechannel--(score|condition-branches).*\n/g, "");
    const text = edited(bare, wire("comp-condition-3/score-2", "Output", take, "number", "one-of"));
    expect(text).toContain("parameterSelectors:");
    expect(text.match(/producerSubtask: condition-[23]/g)).toEqual(["producerSubtask: condition-2", "producerSubtask: condition-3"]);
    expect(text.match(/pipelinechannel--score-2-Output:\s+\{?parameterType: NUMBER_DOUBLE/g)).toHaveLength(1);
    expect(edited(text, { kind: "disconnect", to: { task: take, port: "number" } })).toBe(bare);
  });

  it("of a leaf that several tasks run is refused", () => {
    const shared = wired.replace(
      "        take:\n",
      "        again:\n          componentRef: {name: comp-for-loop-5}\n          taskInfo: {name: again}\n        take:\n",
    );
    expect(refused(shared, wire("comp-exit-handler-4/flip", "Output", "comp-for-loop-5/check", "text"))).toBe("edit-group-shared");
  });
});
