"""Shows a volume, a secret, a condition in a loop in an exit handler, and a line that is left out."""
import os

from kfp import dsl
from kfp.components import create_component_from_func, load_component_from_text
from kfp.onprem import use_k8s_secret

CITIES = ['서울', '부산']

fetch_op = load_component_from_text('''
name: Fetch
inputs: [{name: City, type: String}]
outputs: [{name: Rows, type: Integer}]
implementation:
  container: {image: fetch:1, command: [fetch, {inputValue: City}, {outputPath: Rows}]}
''')


@create_component_from_func
def tell(text: str):
    print(text)  # 말한다


@dsl.pipeline(name='도시 Cities', description='도시마다')
def cities(least: int = 10, channel: str = '#ops'):
    disk = dsl.VolumeOp(name='Shared disk', resource_name='shared', size='1Gi')
    with dsl.ExitHandler(tell(f'{channel}: {{{{workflow.status}}}}')):
        with dsl.ParallelFor(CITIES, parallelism=2) as city:
            rows = fetch_op(city).set_display_name('가져오기').set_memory_limit('500M').add_pvolumes({'/data': disk.volume})
            rows.apply(use_k8s_secret('s3', {'user': 'S3_USER'}))
            with dsl.Condition(rows.output >= least, 'enough'):
                tell('%s has %s rows' % (city, rows.output)).after(disk)
            tell(os.environ['TEXT'])
