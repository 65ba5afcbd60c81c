"""Metrics and UI metadata outputs."""
from typing import NamedTuple

import kfp
from kfp import dsl
from kfp.components import OutputPath, create_component_from_func


def export_metrics(mlpipeline_metrics_path: OutputPath('Metrics')):
    """Writes two metrics."""
    import json
    metrics = {'metrics': [
        {'name': 'accuracy', 'numberValue': 0.9, 'format': 'PERCENTAGE'},
        {'name': 'loss', 'numberValue': 0.25, 'format': 'RAW'},
    ]}
    with open(mlpipeline_metrics_path, 'w') as out:
        json.dump(metrics, out)


def draw(title: str, mlpipeline_ui_metadata_path: OutputPath('UI_metadata')) -> float:
    import json
    with open(mlpipeline_ui_metadata_path, 'w') as out:
        json.dump({'outputs': [{'type': 'markdown', 'storage': 'inline', 'source': '# ' + title}]}, out)
    return 0.5


def returned(rate: float) -> NamedTuple('Outputs', [('mlpipeline_metrics', 'Metrics'), ('score', float)]):
    import json
    return (json.dumps({'metrics': [{'name': 'rate', 'numberValue': rate}]}), rate)


export_metrics_op = create_component_from_func(export_metrics)
draw_op = create_component_from_func(draw)
returned_op = create_component_from_func(returned)


@dsl.pipeline(name='Export metrics and a page')
def metrics(title: str = 'Result'):
    export_metrics_op()
    drawn = draw_op(title)
    returned_op(drawn.outputs['Output'])


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(metrics, 'metrics.yaml')
