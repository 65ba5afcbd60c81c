/** Small workflows that the tests of this folder edit. They are our own, in the forms that people and the KFP SDK write. */

/** A hand-written dag: comments, a depends formula, a library template used twice. */
export const dag = `# nightly
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: nightly-
spec:
  entrypoint: main
  arguments:
    parameters:
      - name: rows # how many
        value: 10
      - name: mode
        value: "fast"
  templates:
    - name: main
      dag:
        tasks:
          - name: load
            template: load
            arguments:
              parameters: [{name: rows, value: "{{workflow.parameters.rows}}"}]
          # the long one
          - name: train
            template: train
            dependencies: [load]
            arguments:
              parameters:
                - name: count
                  value: "{{ tasks.load.outputs.parameters.count }}"
              artifacts:
                - name: table
                  from: "{{tasks.load.outputs.artifacts.table}}"
          - name: report
            template: say
            dependencies: [load, train]
            when: "{{tasks.train.outputs.result}} != bad"
            arguments:
              parameters:
                - name: text
                  value: "trained with {{tasks.load.outputs.parameters.count}}"
          - name: cleanup
            template: say
            arguments:
              parameters:
                - name: text
                  value: bye

    - name: load
      inputs:
        parameters:
          - name: rows
      container:
        image: loader:1
        command: [load]
        args: ["{{inputs.parameters.rows}}"]
      outputs:
        parameters:
          - name: count
            valueFrom:
              path: /tmp/count
        artifacts:
          - name: table
            path: /tmp/table
    - name: train
      inputs:
        parameters:
          - name: count
          - name: rate
            value: "0.1"
        artifacts:
          - name: table
            path: /tmp/in
      script:
        image: python:3.12
        command: [python]
        source: |
          print("{{inputs.parameters.count}}")
    # says something
    - name: say
      inputs:
        parameters:
          - name: text
      container:
        image: alpine:3.20
        command: [sh, -c]
        args: ["echo {{inputs.parameters.text}}"]
        env:
          - name: MODE
            value: slow
          - {name: LEVEL, value: "1"}
`;

/** Steps in three groups, the last of two members. */
export const steps = `apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata:
  name: stepwise
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: make
        template: make
    - - name: use
        template: use
        arguments:
          parameters:
          - name: word
            value: "{{steps.make.outputs.result}}"
    - - name: left
        template: make
      - name: right
        template: make
  - name: make
    script:
      image: alpine:3.20
      command: [sh]
      source: echo hello
  - name: use
    inputs:
      parameters:
      - name: word
    container:
      image: alpine:3.20
      args: ["{{inputs.parameters.word}}"]
`;

/** A dag whose calls say depends, with a group and an output of the group. */
export const depends = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  name: formulas
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      target: c
      tasks:
      - {name: a, template: inner}
      - {name: b, template: leaf, depends: a.Succeeded || a.Failed}
      - {name: c, template: leaf, depends: "a && b"}
      - name: d
        template: read
        depends: c
        arguments:
          parameters:
          - {name: x, value: "{{tasks.a.outputs.parameters.out}}"}
  - name: inner
    dag:
      tasks:
      - {name: deep, template: leaf}
    outputs:
      parameters:
      - name: out
        valueFrom: {parameter: "{{tasks.deep.outputs.parameters.value}}"}
  - name: leaf
    container: {image: a}
    outputs:
      parameters:
      - {name: value, valueFrom: {path: /tmp/v}}
  - name: read
    inputs:
      parameters:
      - name: x
    container: {image: b, args: ["{{inputs.parameters.x}}"]}
`;

const fitSpec = JSON.stringify({
  implementation: {
    container: {
      args: [
        "--table",
        { inputPath: "Table" },
        "--rate",
        { inputValue: "Rate" },
        { if: { cond: { isPresent: "Note" }, then: ["--note", { inputValue: "Note" }] } },
        "--model",
        { outputPath: "Model" },
        "--score",
        { outputPath: "Score" },
      ],
      command: ["fit"],
      image: "example/fit:1",
    },
  },
  inputs: [
    { name: "Table", type: "CSV" },
    { default: "0.1", name: "Rate", optional: true, type: "Float" },
    { name: "Note", optional: true, type: "String" },
  ],
  name: "Fit",
  outputs: [
    { name: "Model", type: "Model" },
    { name: "Score", type: "Float" },
  ],
});

const loadSpec = JSON.stringify({
  implementation: {
    container: {
      args: ["--out", { outputPath: "Rows" }, "--n", { inputValue: "Count" }, "--rate", { outputPath: "Best rate" }],
      command: ["load"],
      image: "example/load:1",
    },
  },
  inputs: [{ name: "Count", type: "Integer" }],
  name: "Load",
  outputs: [
    { name: "Rows", type: "CSV" },
    { name: "Best rate", type: "Float" },
  ],
});

/** What the KFP SDK writes for two components: load(Count=rows) and fit(Table=load.Rows). */
export const kfp = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: nightly-fit-
  annotations:
    pipelines.kubeflow.org/kfp_sdk_version: 1.8.22
    pipelines.kubeflow.org/pipeline_spec: '{"inputs": [{"default": "10", "name": "rows", "optional": true, "type": "Integer"}, {"default": "0.5", "name": "rate", "optional": true, "type": "Float"}], "name": "Nightly fit"}'
  labels: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}
spec:
  entrypoint: nightly-fit
  templates:
  - name: fit
    container:
      args: [--table, /tmp/inputs/Table/data, --rate, '0.1', --model, /tmp/outputs/Model/data, --score, /tmp/outputs/Score/data]
      command: [fit]
      image: example/fit:1
    inputs:
      artifacts:
      - {name: load-Rows, path: /tmp/inputs/Table/data}
    outputs:
      artifacts:
      - {name: fit-Model, path: /tmp/outputs/Model/data}
      - {name: fit-Score, path: /tmp/outputs/Score/data}
    metadata:
      labels:
        pipelines.kubeflow.org/pipeline-sdk-type: kfp
      annotations:
        pipelines.kubeflow.org/component_spec: '${fitSpec}'
        pipelines.kubeflow.org/arguments.parameters: '{"Rate": "0.1"}'
  - name: load
    container:
      args: [--out, /tmp/outputs/Rows/data, --n, '{{inputs.parameters.rows}}', --rate, /tmp/outputs/Best_rate/data]
      command: [load]
      image: example/load:1
    inputs:
      parameters:
      - {name: rows}
    outputs:
      artifacts:
      - {name: load-Best-rate, path: /tmp/outputs/Best_rate/data}
      - {name: load-Rows, path: /tmp/outputs/Rows/data}
    metadata:
      annotations:
        pipelines.kubeflow.org/component_spec: '${loadSpec}'
        pipelines.kubeflow.org/arguments.parameters: '{"Count": "{{inputs.parameters.rows}}"}'
  - name: nightly-fit
    inputs:
      parameters:
      - {name: rows}
    dag:
      tasks:
      - name: fit
        template: fit
        dependencies: [load]
        arguments:
          artifacts:
          - {name: load-Rows, from: '{{tasks.load.outputs.artifacts.load-Rows}}'}
      - name: load
        template: load
        arguments:
          parameters:
          - {name: rows, value: '{{inputs.parameters.rows}}'}
  arguments:
    parameters:
    - {name: rows, value: '10'}
    - {name: rate, value: '0.5'}
  serviceAccountName: pipeline-runner
`;
