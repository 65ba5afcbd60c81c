/** One file with every kind of template and nearly every way to pass data; not a runnable pipeline. */
export const everything = `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: everything-, labels: {team: a}}
spec:
  entrypoint: main
  onExit: bye
  hooks:
    running: {expression: 'workflow.status == "Running"', template: leaf}
  arguments:
    parameters:
    - {name: rate, value: 0.1, description: How fast}
    - {name: mode, enum: [fast, slow]}
    artifacts:
    - {name: table, s3: {key: 'in/{{workflow.parameters.rate}}'}}
  serviceAccountName: runner
  templates:
  - name: main
    parallelism: 2
    inputs:
      parameters: [{name: rate}]
      artifacts: [{name: table, optional: true}]
    dag:
      failFast: false
      tasks:
      - {name: a, template: leaf, arguments: {parameters: [{name: x, value: '{{inputs.parameters.rate}}'}]}}
      - name: b
        dependencies: [a]
        template: leaf
        when: '{{tasks.a.outputs.result}} == go'
        arguments:
          parameters: [{name: x, value: 'pre {{tasks.a.outputs.parameters.y}}/{{ workflow.parameters.rate }}'}]
          artifacts: [{name: f, from: '{{tasks.a.outputs.artifacts.file}}'}]
        continueOn: {failed: true}
        onExit: bye
      - name: c
        dependencies: [a, b]
        inline: {container: {image: busybox, args: ['{{tasks.b.outputs.result}}']}}
        hooks:
          exit: {template: bye, arguments: {parameters: [{name: x, value: '{{tasks.c.status}} {{tasks.a.ip}}'}]}}
      - {name: d, templateRef: {name: lib, template: t, clusterScope: true}, withItems: [1, {k: v}, '{{inputs.parameters.rate}}'], dependencies: [c]}
      - {name: e, template: steps, withParam: '{{tasks.a.outputs.parameters.y}}', dependencies: [a], arguments: {parameters: [{name: x, valueFrom: {expression: "tasks['b'].outputs.result"}}]}}
      - {name: f, template: steps, withSequence: {count: '{{tasks.a.outputs.result}}'}, dependencies: [a]}
    outputs:
      parameters: [{name: best, valueFrom: {parameter: '{{tasks.a.outputs.parameters.y}}'}, globalName: best}]
      artifacts: [{name: pick, fromExpression: "tasks.a.outputs.artifacts.file"}]
  - name: steps
    inputs: {parameters: [{name: x, default: 3, description: number}]}
    steps:
    - - {name: one, template: leaf, arguments: {parameters: [{name: x, value: '{{item}}'}]}}
    - []
    - - {name: two, template: set, arguments: {artifacts: [{name: f, raw: {data: 'a{{steps.one.outputs.result}}'}}]}}
      - {name: three, template: steps}
  - name: leaf
    inputs: {parameters: [{name: x}], artifacts: [{name: f, path: /f, optional: true}]}
    container: {image: python, command: [run], args: ['{{inputs.parameters.x}}'], resources: {limits: {cpu: 1}}}
    outputs: {parameters: [{name: y, valueFrom: {path: /y}}], artifacts: [{name: file, path: /out}]}
    metadata: {annotations: {note: hi}}
  - {name: set, containerSet: {containers: [{name: p, image: a}, {name: main, image: b, dependencies: [p]}]}}
  - {name: bye, script: {image: sh, source: 'echo {{workflow.status}}'}}
  - {name: res, resource: {action: create, manifest: "kind: ConfigMap\\n"}}
  - {name: wait, suspend: {duration: 10s}}
  - {name: get, http: {url: 'https://example.org', method: PUT}}
  - {name: walk, data: {source: {artifactPaths: {name: x}}, transformation: [{expression: 'filter(data, true)'}]}}
  - {name: plug, plugin: {hello: {}}}
  - {name: odd}
`;
