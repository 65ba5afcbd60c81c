"""Values that cross the borders of nested groups, inward on several levels."""
import kfp
from kfp import dsl
from kfp.components import InputPath, OutputPath, create_component_from_func


def make(kind: str, data_path: OutputPath('CSV')) -> str:
    open(data_path, 'w').write(kind)
    return kind


def look(data_path: InputPath('CSV'), kind: str):
    print(open(data_path).read(), kind)


make_op = create_component_from_func(make)
look_op = create_component_from_func(look)


@dsl.pipeline(name='Across borders')
def group_outputs(kind: str = 'big', extra: str = 'e'):
    made = make_op(kind)
    with dsl.Condition(made.outputs['Output'] == 'big'):
        look_op(made.outputs['data'], kind)
        with dsl.Condition(kind == 'big'):
            inner = make_op(extra)
            look_op(inner.outputs['data'], made.outputs['Output'])
            with dsl.ParallelFor(['a', 'b']) as letter:
                look_op(made.outputs['data'], letter)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(group_outputs, 'group_outputs.yaml')
