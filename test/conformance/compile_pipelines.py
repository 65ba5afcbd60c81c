"""Compiles pipeline files with the KFP SDK and prints, as JSON, the text of each workflow."""
import contextlib
import importlib.util
import io
import json
import os
import sys
import tempfile

import kfp
from kfp.dsl import _pipeline

found = []


def remember(function):
    found.append(function)
    return function


# The SDK calls this for every decorated function.
_pipeline._pipeline_decorator_handler = remember


def compiled(path):
    name = 'compile_' + os.path.basename(path)[:-3]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    found.clear()
    try:
        spec.loader.exec_module(module)
        with tempfile.TemporaryDirectory() as folder:
            target = os.path.join(folder, 'pipeline.yaml')
            # Settings outside of the pipeline's function are handed to the compiler by name.
            conf = getattr(module, 'pipeline_conf', None)
            kfp.compiler.Compiler().compile(found[0], target, pipeline_conf=conf)
            with open(target, encoding='utf-8') as text:
                return {'file': path, 'text': text.read()}
    except Exception as problem:  # the question is whether it compiles at all
        return {'file': path, 'error': '%s: %s' % (type(problem).__name__, str(problem)[:500])}


with contextlib.redirect_stdout(io.StringIO()):
    answers = [compiled(path) for path in json.load(sys.stdin)]
json.dump(answers, sys.stdout)
