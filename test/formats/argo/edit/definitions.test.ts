import { describe, expect, it } from "vitest";
import { edited, refused } from "./changes.ts";
import { dag, kfp, steps } from "./fixtures.ts";

describe("ports", () => {
  it("are declared at the usual place", () => {
    expect(
      edited(dag, { kind: "add-port", template: "say", direction: "input", port: "parameter", name: "loud", value: "no" }).lines,
    ).toEqual(["+          - name: loud", '+            value: "no"']);
    const { document } = edited(dag, { kind: "add-port", template: "main", direction: "input", port: "artifact", name: "data" });
    expect(document.text).toContain("    - name: main\n      inputs:\n        artifacts:\n          - name: data\n      dag:");
  });

  it("take the arguments that fed them and the reads that they fed", () => {
    const output = edited(dag, { kind: "remove-port", template: "load", direction: "output", port: "parameter", name: "count" });
    expect(output.notes).toEqual(["edit-argument-opened", "edit-argument-opened"]);
    const input = edited(dag, { kind: "remove-port", template: "say", direction: "input", port: "parameter", name: "text" });
    expect(input.notes).toEqual(["edit-argument-dropped", "edit-argument-dropped", "edit-reference-left"]);
  });

  it("are renamed in body, calls and reads", () => {
    expect(
      edited(dag, { kind: "rename-port", template: "say", direction: "input", port: "parameter", name: "text", to: "words" }).lines.filter(
        (line) => line.startsWith("+"),
      ),
    ).toEqual([
      "+                - name: words",
      "+                - name: words",
      "+          - name: words",
      '+        args: ["echo {{inputs.parameters.words}}"]',
    ]);
    expect(
      edited(dag, { kind: "rename-port", template: "load", direction: "output", port: "parameter", name: "count", to: "n_rows" }).lines,
    ).toContain('+                  value: "{{ tasks.load.outputs.parameters.n_rows }}"');
  });

  it("keep being fed by the pipeline's parameter when the entrypoint's input is renamed", () => {
    const text = dag.replace("    - name: main\n", "    - name: main\n      inputs: {parameters: [{name: rows}]}\n");
    expect(
      edited(text, { kind: "rename-port", template: "main", direction: "input", port: "parameter", name: "rows", to: "lines" }).lines,
    ).toEqual([
      "-      inputs: {parameters: [{name: rows}]}",
      '+      inputs: {parameters: [{name: lines, value: "{{workflow.parameters.rows}}"}]}',
    ]);
    const renamed = edited(kfp, {
      kind: "rename-port",
      template: "nightly-fit",
      direction: "input",
      port: "parameter",
      name: "rows",
      to: "lines",
    });
    expect(renamed.document.text).toBe(edited(kfp, { kind: "rename-parameter", name: "rows", to: "lines" }).document.text);
  });

  it("are refused for names that are taken, not Argo's, or not there", () => {
    expect(refused(dag, { kind: "add-port", template: "say", direction: "input", port: "parameter", name: "text" })).toBe(
      "edit-port-name-taken",
    );
    expect(refused(dag, { kind: "add-port", template: "say", direction: "input", port: "parameter", name: "a b" })).toBe(
      "edit-port-name-invalid",
    );
    expect(refused(dag, { kind: "rename-port", template: "say", direction: "input", port: "parameter", name: "tex", to: "b" })).toBe(
      "edit-port-unknown",
    );
  });
});

describe("templates", () => {
  it("are added last and removed when nothing runs them", () => {
    expect(edited(dag, { kind: "add-template", data: { name: "pause", suspend: {} } }).lines).toEqual([
      "+    - name: pause",
      "+      suspend: {}",
    ]);
    expect(refused(dag, { kind: "remove-template", template: "say" })).toBe("edit-template-called");
    expect(edited(dag, { kind: "remove-task", task: "train" }, { kind: "remove-template", template: "train" }).document.text).not.toContain(
      "script:",
    );
  });

  it("are renamed wherever they are run from", () => {
    expect(edited(dag, { kind: "rename-template", template: "say", name: "tell" }).lines.filter((line) => line.startsWith("+"))).toEqual([
      "+            template: tell",
      "+            template: tell",
      "+    - name: tell",
    ]);
    const caller =
      "---\napiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: run}\nspec:\n  entrypoint: go\n  templates:\n  - name: go\n    dag:\n      tasks:\n      - name: far\n        templateRef: {name: stepwise, template: make}\n";
    expect(edited(steps + caller, { kind: "rename-template", template: "make", name: "produce" }).lines).toContain(
      "+        templateRef: {name: stepwise, template: produce}",
    );
  });

  it("move with their comments", () => {
    const { document } = edited(dag, { kind: "move-template", template: "say", to: 0 });
    expect(document.text.indexOf("# says something")).toBeLessThan(document.text.indexOf("- name: main"));
    expect(refused(dag, { kind: "move-template", template: "say", to: 9 })).toBe("edit-index-outside");
  });

  it("turn from container to script and back", () => {
    expect(edited(dag, { kind: "change-template-kind", template: "say", to: "script" }).lines).toEqual([
      "-      container:",
      "+      script:",
      "-        command: [sh, -c]",
      '-        args: ["echo {{inputs.parameters.text}}"]',
      "+        command: [sh]",
      "+        source: echo {{inputs.parameters.text}}",
    ]);
    const { document } = edited(
      dag,
      { kind: "change-template-kind", template: "say", to: "script" },
      { kind: "change-template-kind", template: "say", to: "container" },
    );
    expect(document.stream).toEqual(edited(dag).document.stream);
    expect(refused(dag, { kind: "change-template-kind", template: "main", to: "script" })).toBe("edit-kind-fixed");
    const two = dag.replace(
      "      container:\n        image: loader:1\n",
      "      script: {image: a, source: b}\n      container:\n        image: loader:1\n",
    );
    expect(refused(two, { kind: "change-template-kind", template: "load", to: "script" })).toBe("edit-kind-fixed");
  });

  it("become a manual stop only where no files go in or out", () => {
    expect(edited(dag, { kind: "change-template-kind", template: "say", to: "suspend" }).document.text).toContain("suspend: {}");
    expect(refused(dag, { kind: "change-template-kind", template: "load", to: "suspend" })).toBe("edit-kind-fixed");
  });

  it("quote the words of a program that becomes a script", () => {
    const text = dag.replace("command: [load]", `command: [load, "it's here"]`);
    expect(edited(text, { kind: "change-template-kind", template: "load", to: "script" }).document.text).toContain(
      `exec load 'it'\\''s here' '{{inputs.parameters.rows}}'`,
    );
  });
});

describe("settings", () => {
  it("are set deep below what is not there yet", () => {
    expect(
      edited(dag, {
        kind: "set-setting",
        target: { kind: "task", task: "cleanup" },
        path: ["container", "resources", "limits", "cpu"],
        value: "4",
      }).lines,
    ).toEqual(["+        resources:", "+          limits:", '+            cpu: "4"']);
  });

  it("reach items by name or index", () => {
    const target = { kind: "template", template: "say" } as const;
    expect(edited(dag, { kind: "set-setting", target, path: ["container", "env", "MODE", "value"], value: "fast" }).lines).toEqual([
      "-            value: slow",
      "+            value: fast",
    ]);
    expect(edited(dag, { kind: "set-setting", target, path: ["container", "env", 1, "value"], value: "2" }).lines).toEqual([
      '-          - {name: LEVEL, value: "1"}',
      '+          - {name: LEVEL, value: "2"}',
    ]);
    expect(
      edited(dag, { kind: "set-setting", target, path: ["container", "env", "NEW", "value"], value: "x" }).document.stream[0],
    ).toMatchObject({ spec: { templates: [{}, {}, {}, { container: { env: [{}, {}, { name: "NEW", value: "x" }] } }] } });
    expect(
      edited(dag, {
        kind: "set-setting",
        target: { kind: "template", template: "load" },
        path: ["container", "env", "NEW", "value"],
        value: "x",
      }).document.stream[0],
    ).toMatchObject({ spec: { templates: [{}, { container: { env: [{ name: "NEW", value: "x" }] } }, {}, {}] } });
  });

  it("change only what differs in a whole mapping", () => {
    const value = {
      image: "alpine:3.21",
      command: ["sh", "-c"],
      args: ["echo {{inputs.parameters.text}}"],
      env: [
        { name: "LEVEL", value: "1" },
        { name: "MODE", value: "slow" },
      ],
    };
    expect(edited(dag, { kind: "set-setting", target: { kind: "template", template: "say" }, path: ["container"], value }).lines).toEqual([
      "-        image: alpine:3.20",
      "+        image: alpine:3.21",
      '+          - {name: LEVEL, value: "1"}',
      '-          - {name: LEVEL, value: "1"}',
    ]);
  });

  it("are taken out with the parents that this leaves empty", () => {
    const target = { kind: "template", template: "say" } as const;
    const set = { kind: "set-setting", target, path: ["container", "resources", "limits", "cpu"], value: "4" } as const;
    expect(edited(dag, set, { kind: "unset-setting", target, path: ["container", "resources", "limits", "cpu"] }).lines).toEqual([]);
    expect(edited(dag, { kind: "unset-setting", target, path: ["container", "nothing"] }).lines).toEqual([]);
  });

  it("move an item of a list", () => {
    const { lines } = edited(dag, {
      kind: "move-setting",
      target: { kind: "template", template: "say" },
      path: ["container", "env", 1],
      to: 0,
    });
    expect(lines).toEqual(['+          - {name: LEVEL, value: "1"}', '-          - {name: LEVEL, value: "1"}']);
  });

  it("reach the call, the workflow and its metadata", () => {
    expect(
      edited(dag, { kind: "set-setting", target: { kind: "call", task: "train" }, path: ["continueOn", "failed"], value: true }).lines,
    ).toEqual(["+            continueOn:", "+              failed: true"]);
    expect(
      edited(dag, { kind: "set-setting", target: { kind: "workflow" }, path: ["ttlStrategy", "secondsAfterCompletion"], value: 60 }).lines,
    ).toEqual(["+  ttlStrategy:", "+    secondsAfterCompletion: 60"]);
    expect(
      edited(dag, { kind: "set-setting", target: { kind: "workflow", part: "metadata" }, path: ["labels", "a.b/c"], value: "x" }).lines,
    ).toEqual(["+  labels:", "+    a.b/c: x"]);
  });

  it("are refused where they do not fit, for names, and for prototype keys", () => {
    const target = { kind: "template", template: "say" } as const;
    expect(refused(dag, { kind: "set-setting", target, path: ["container", "image", "deep"], value: "x" })).toBe("edit-path-misfit");
    expect(refused(dag, { kind: "set-setting", target, path: ["container", "env", 7], value: "x" })).toBe("edit-path-misfit");
    expect(refused(dag, { kind: "set-setting", target, path: ["name"], value: "x" })).toBe("edit-name-by-rename");
    expect(refused(dag, { kind: "set-setting", target, path: ["__proto__", "x"], value: "x" })).toBe("edit-path-misfit");
    expect(refused(dag, { kind: "set-setting", target, path: ["x"], value: JSON.parse('{"__proto__": 1}') })).toBe("edit-path-misfit");
  });
});

describe("parameters and control flow", () => {
  it("rename a parameter wherever it is read", () => {
    expect(edited(dag, { kind: "rename-parameter", name: "rows", to: "lines" }).lines).toEqual([
      "-      - name: rows # how many",
      "+      - name: lines # how many",
      '-              parameters: [{name: rows, value: "{{workflow.parameters.rows}}"}]',
      '+              parameters: [{name: rows, value: "{{workflow.parameters.lines}}"}]',
    ]);
  });

  it("add, set and remove a parameter", () => {
    expect(edited(dag, { kind: "add-parameter", name: "seed", value: 42 }).lines).toEqual(["+      - name: seed", "+        value: 42"]);
    expect(edited(dag, { kind: "set-parameter", name: "rows", value: 11 }).lines).toEqual(["-        value: 10", "+        value: 11"]);
    expect(edited(dag, { kind: "set-parameter", name: "mode", value: null }).lines).toEqual(['-        value: "fast"']);
    expect(edited(dag, { kind: "remove-parameter", name: "rows" }).notes).toEqual(["edit-argument-opened"]);
    expect(refused(dag, { kind: "add-parameter", name: "rows" })).toBe("edit-parameter-name-taken");
  });

  it("name the object", () => {
    expect(edited(dag, { kind: "rename-workflow", name: "daily" }).lines).toEqual(["-  generateName: nightly-", "+  generateName: daily-"]);
    expect(edited(steps, { kind: "rename-workflow", name: "daily" }).lines).toEqual(["-  name: stepwise", "+  name: daily"]);
    expect(refused(steps, { kind: "rename-workflow", name: "Bad Name" })).toBe("edit-object-name-invalid");
  });

  it("set a condition with the order that it needs", () => {
    expect(edited(dag, { kind: "set-when", task: "cleanup", when: "{{tasks.load.outputs.parameters.count}} > 3" }).lines).toEqual([
      "+            dependencies: [load]",
      '+            when: "{{tasks.load.outputs.parameters.count}} > 3"',
    ]);
    expect(edited(dag, { kind: "clear-when", task: "report" }).lines).toEqual([
      '-            when: "{{tasks.train.outputs.result}} != bad"',
    ]);
    expect(refused(dag, { kind: "set-when", task: "cleanup", when: "{{tasks.nobody.outputs.result}} == 1" })).toBe("edit-sibling-unknown");
    expect(refused(dag, { kind: "set-when", task: "load", when: "{{tasks.train.outputs.result}} == 1" })).toBe("edit-cycle");
  });

  it("set, replace and clear a loop, telling of items that are left", () => {
    const items = { kind: "set-loop", task: "cleanup", loop: { withItems: [1, 2] } } as const;
    const item = { kind: "set-argument", task: "cleanup", input: "text", value: "{{item}}" } as const;
    const sequence = { kind: "set-loop", task: "cleanup", loop: { withSequence: { count: "3" } } } as const;
    expect(edited(dag, items, item, sequence).document.text).toContain('            withSequence:\n              count: "3"\n');
    expect(edited(dag, items, item, sequence).document.text).not.toContain("withItems");
    expect(edited(dag, items, item, { kind: "clear-loop", task: "cleanup" }).notes).toEqual(["edit-item-left"]);
  });

  it("keep note and layout as annotations", () => {
    expect(edited(dag, { kind: "set-note", text: "hello" }).lines).toEqual(["+  annotations:", "+    dagwright.io/note: hello"]);
    expect(edited(dag, { kind: "set-note", text: "hello" }, { kind: "set-note", text: "" }).lines).toEqual([]);
    const { document } = edited(dag, { kind: "set-layout", layout: { "main/load": [1, 2] } });
    expect(document.stream[0]).toMatchObject({ metadata: { annotations: { "dagwright.io/layout": '{"main/load":[1,2]}' } } });
  });
});

describe("hooks", () => {
  const hooked = dag
    .replace(
      "  entrypoint: main\n",
      "  entrypoint: main\n  hooks:\n    exit:\n      template: say\n      arguments:\n        parameters:\n          - {name: text, value: done}\n",
    )
    .replace(
      "            template: load\n",
      "            template: load\n            hooks:\n              exit: {template: say, arguments: {parameters: [{name: text, value: loaded}]}}\n",
    );

  it("follow when the template or the port that they use is renamed", () => {
    const { document } = edited(
      hooked,
      { kind: "rename-template", template: "say", name: "tell" },
      { kind: "rename-port", template: "tell", direction: "input", port: "parameter", name: "text", to: "words" },
    );
    expect(document.text).toContain("exit: {template: tell, arguments: {parameters: [{name: words, value: loaded}]}}");
    expect(document.text).toContain(
      "      template: tell\n      arguments:\n        parameters:\n          - {name: words, value: done}\n",
    );
  });

  it("lose the argument of a port that is removed, and keep a template in use", () => {
    expect(
      edited(hooked, { kind: "remove-port", template: "say", direction: "input", port: "parameter", name: "text" }).document.text,
    ).not.toMatch(/value: (done|loaded)/);
    expect(refused(hooked, { kind: "remove-template", template: "say" })).toBe("edit-template-called");
  });
});
