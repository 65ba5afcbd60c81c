"""A component that is itself a graph of components."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func, load_component_from_text

train_and_test_op = load_component_from_text('''
name: Train and test
inputs:
- {name: Table, type: CSV}
- {name: Rounds, type: Integer, default: '3'}
outputs:
- {name: Score, type: Float}
implementation:
  graph:
    tasks:
      test:
        componentRef:
          spec:
            name: Test
            inputs: [{name: Model}, {name: Table, type: CSV}]
            outputs: [{name: Score, type: Float}]
            implementation:
              container:
                image: example.com/test:1
                command: [test, {inputPath: Model}, {inputPath: Table}, {outputPath: Score}]
        arguments:
          Model: {taskOutput: {taskId: train, outputName: Model}}
          Table: {graphInput: {inputName: Table}}
      train:
        componentRef:
          spec:
            name: Train
            inputs: [{name: Table, type: CSV}, {name: Rounds, type: Integer}]
            outputs: [{name: Model}]
            implementation:
              container:
                image: example.com/train:1
                command: [train, {inputPath: Table}, {inputValue: Rounds}, {outputPath: Model}]
        arguments:
          Table: {graphInput: {inputName: Table}}
          Rounds: {graphInput: {inputName: Rounds}}
    outputValues:
      Score: {taskOutput: {taskId: test, outputName: Score}}
''')


def make() -> str:
    return '1,2'


def show(score: float):
    print(score)


make_op = create_component_from_func(make)
show_op = create_component_from_func(show)


@dsl.pipeline(name='Graph component')
def graph_component(rounds: int = 5):
    made = make_op()
    tested = train_and_test_op(made.output.ignore_type(), rounds)
    show_op(tested.outputs['Score'])
    train_and_test_op(table='a,b')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(graph_component, 'graph_component.yaml')
