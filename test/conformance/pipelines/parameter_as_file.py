"""Pipeline parameters used as values and as files, also inside a condition."""
import kfp
from kfp import dsl
from kfp.components import InputPath, create_component_from_func


def count(rows_path: InputPath('CSV')) -> int:
    with open(rows_path) as rows:
        return len(rows.readlines())


def both(text_path: InputPath(), title: str):
    print(title, open(text_path).read())


count_op = create_component_from_func(count)
both_op = create_component_from_func(both)


@dsl.pipeline(name='Parameter as file')
def parameter_as_file(table: 'CSV' = 'a,b', title: str = 't'):
    counted = count_op(table)
    both_op(title, title)
    with dsl.Condition(counted.output > 0):
        count_op(table)
        both_op(text=counted.output, title='literal')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(parameter_as_file, 'parameter_as_file.yaml')
