"""Components loaded from text: placeholders, fixed output files, optional inputs, environment."""
import kfp
from kfp import dsl
from kfp.components import load_component_from_text

score_op = load_component_from_text('''
name: Score rows
description: Scores each row.
inputs:
- {name: Rows, type: CSV, description: 'The rows.'}
- {name: Threshold, type: Float, default: '0.5'}
- {name: Tag, type: String, optional: true}
- {name: Verbose, type: Boolean, default: 'True'}
outputs:
- {name: Kept rows, type: CSV}
- {name: Count, type: Integer}
metadata:
  annotations: {author: Somebody}
implementation:
  container:
    image: example.com/score:1
    command: [score, --in, {inputPath: Rows}]
    args:
    - {concat: [--threshold=, {inputValue: Threshold}]}
    - if:
        cond: {isPresent: Tag}
        then: [--tag, {inputValue: Tag}]
        else: [--no-tag]
    - --verbose
    - {inputValue: Verbose}
    - --out
    - {outputPath: Kept rows}
    - {outputPath: Count}
    env: {MODE: fast, LEVEL: '2'}
''')

load_op = load_component_from_text('''
name: Load
inputs:
- {name: Url, type: URI}
outputs:
- {name: Data, type: CSV}
implementation:
  container:
    image: example.com/load:1
    command: [sh, -c, 'wget -O /tmp/data.csv "$0"', {inputValue: Url}]
    fileOutputs: {Data: /tmp/data.csv}
''')


@dsl.pipeline(name='Components from text')
def component_text(url: 'URI' = 'http://example.com/a.csv', tag: str = 'x'):
    loaded = load_op(url)
    first = score_op(rows=loaded.output)
    second = score_op(rows=first.outputs['kept_rows'], threshold=0.75, tag=tag)
    score_op(rows=second.outputs['kept_rows'], tag='fixed', verbose=False)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(component_text, 'component_text.yaml')
