"""Files travel from task to task, a return value beside them."""
import kfp
from kfp import dsl
from kfp.components import InputPath, OutputPath, create_component_from_func


def make_table(rows: int, table_path: OutputPath('CSV')):
    """Writes a small table."""
    with open(table_path, 'w') as out:
        for row in range(rows):
            out.write('%d,%d\n' % (row, row * row))


def total(table_path: InputPath('CSV'), column: int = 1) -> int:
    with open(table_path) as table:
        return sum(int(line.split(',')[column]) for line in table)


def copy_table(source_path: InputPath('CSV'), target_path: OutputPath('CSV'), log_path: OutputPath(str)):
    """Copies a table and writes a log."""
    import shutil
    shutil.copy(source_path, target_path)
    with open(log_path, 'w') as log:
        log.write('copied')


def show(text: str):
    print(text)


make_table_op = create_component_from_func(make_table)
total_op = create_component_from_func(total)
copy_table_op = create_component_from_func(copy_table)
show_op = create_component_from_func(show)


@dsl.pipeline(name='Data by file')
def data_by_file(rows: int = 5):
    made = make_table_op(rows)
    copied = copy_table_op(source=made.output)
    total_op(table=copied.outputs['target'])
    show_op(copied.outputs['log'])
    total_op(made.outputs['table'], column=0)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(data_by_file, 'data_by_file.yaml')
