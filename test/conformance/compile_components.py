"""Places each component alone in a pipeline, with the given arguments, and prints the text of the workflow that the KFP SDK makes."""
import json
import os
import sys
import tempfile

import kfp
from kfp.components import _components, _naming


def compiled(question):
    try:
        place = _components.load_component_from_file(question['file'])
        inputs = [one.name for one in place.component_spec.inputs or []]
        names = _naming.generate_unique_name_conversion_table(inputs, _naming._sanitize_python_function_name)
        arguments = {names[name]: value for name, value in question['arguments'].items()}

        @kfp.dsl.pipeline(name='One component')
        def pipeline():
            place(**arguments)

        with tempfile.TemporaryDirectory() as folder:
            target = os.path.join(folder, 'pipeline.yaml')
            kfp.compiler.Compiler().compile(pipeline, target)
            with open(target, encoding='utf-8') as text:
                return {'file': question['file'], 'text': text.read()}
    except Exception as problem:  # the question is whether it compiles at all
        return {'file': question['file'], 'error': '%s: %s' % (type(problem).__name__, str(problem)[:300])}


json.dump([compiled(question) for question in json.load(sys.stdin)], sys.stdout)
