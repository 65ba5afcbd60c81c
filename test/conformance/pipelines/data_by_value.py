"""Values travel from task to task: every value type, a default and a pipeline parameter."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def count_rows(table: str, header: bool = True) -> int:
    """Counts the rows of a table.

    Args:
        table: Rows, one a line.
        header: Whether the first line is a header.
    """
    rows = len(table.splitlines())
    return rows - 1 if header else rows


def share(part: int, whole: int) -> float:
    """The share of a part in the whole."""
    return part / whole


def report(rows: int, ratio: float, title: str = 'Report') -> str:
    # 결과를 한 줄로 만든다
    return '%s: %d rows, %.2f' % (title, rows, ratio)


count_rows_op = create_component_from_func(count_rows)
share_op = create_component_from_func(share, base_image='python:3.9')
report_op = create_component_from_func(report)


@dsl.pipeline(name='Data by value', description='Values from task to task')
def data_by_value(table: str = 'a\n1\n2', whole: int = 10):
    rows = count_rows_op(table)
    ratio = share_op(part=rows.output, whole=whole)
    report_op(rows.output, ratio.output)
    report_op(rows=3, ratio=0.5, title='고정 값')


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(data_by_value, 'data_by_value.yaml')
