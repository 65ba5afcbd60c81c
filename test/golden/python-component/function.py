# A Python function becomes a component: ports from its types, one program from its text.
from kfp.components import InputPath, OutputPath

def count_lines(text_path: InputPath(str), report_path: OutputPath('Markdown'), start: int = 1) -> int:
    """Counts the lines of a file.

    Args:
        start: the number to begin with
    """
    with open(text_path) as text:
        lines = start + sum(1 for _ in text)
    with open(report_path, 'w') as report:
        report.write(f'{lines} lines')
    return lines
