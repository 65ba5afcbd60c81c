"""Exporting metrics."""
import kfp
from kfp import dsl
from kfp.components import OutputPath, create_component_from_func


@create_component_from_func
def export_metric_op(mlpipeline_metrics_path: OutputPath('Metrics')):
    import json

    metrics = {'metrics': [{'name': 'accuracy', 'numberValue': 0.9, 'format': 'PERCENTAGE'}]}
    with open(mlpipeline_metrics_path, 'w') as output:
        json.dump(metrics, output)


@dsl.pipeline(name='Export Metrics Example')
def tutorial_metrics():
    export_metric_op()


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(tutorial_metrics, 'tutorial_metrics.yaml')
