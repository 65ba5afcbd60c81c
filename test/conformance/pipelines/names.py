"""Names that meet after cleaning, tasks made in a row, variables that change their meaning."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func, load_component_from_text


def pipeline_step(x: str = 'x') -> str:
    return x


def Pipeline_Step(x: str) -> str:
    return x


first_op = create_component_from_func(pipeline_step)
other_op = create_component_from_func(Pipeline_Step)
ports_op = load_component_from_text('''
name: "2nd: Ports & names (v1.0)"
inputs:
- {name: a b}
- {name: a-b}
- {name: Kind}
- {name: "Ünïcode in", optional: true}
outputs:
- {name: Out put}
- {name: out-put}
implementation:
  container:
    image: example.com/ports:1
    command: [run, {inputValue: a b}, {inputPath: a-b}, {inputValue: Kind}, {inputValue: "Ünïcode in"}, {outputPath: Out put}, {outputPath: out-put}]
''')


@dsl.pipeline(name='Names')
def names(a: str = '1', b_c: str = '2'):
    task = first_op(a)
    task = first_op(task.output)
    task = other_op(task.output)
    ports = ports_op(task.output, b_c, 'c')
    first_op(ports.outputs['Out put'])
    first_op(ports.outputs['out_put'])
    dsl.ContainerOp(name='Names', image='alpine:3.18', command=['true'])
    dsl.ContainerOp(name='pipeline step', image='alpine:3.18', command=['true'])


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(names, 'names.yaml')
