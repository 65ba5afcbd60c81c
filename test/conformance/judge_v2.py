"""Judges KFP v2 pipeline files with the SDK and its protos; prints, as JSON, one verdict a file.

A file is `read` if every document parses strictly (an unknown key or a value of another kind is an error), and `recompiled` if the SDK
loads it as a component and compiles it again to the same data. The second is asked only if the first holds. Asked with {"files": [...],
"only": "upload"}, it parses what the server parses strictly: not the executors of the pipeline spec.
"""
import contextlib
import io
import json
import os
import sys
import tempfile
import warnings

import yaml
from google.protobuf import json_format
from kfp import compiler, components
from kfp.kubernetes import kubernetes_executor_config_pb2 as kubernetes_pb2
from kfp.pipeline_spec import pipeline_spec_pb2

warnings.filterwarnings('ignore')


def documents(text):
    found = [one for one in yaml.safe_load_all(text) if one is not None]
    return [one.get('spec', one) if isinstance(one, dict) and 'kind' in one else one for one in found]


def without_defaults(message, data):
    """The data of a document as its proto has it, so that an empty field equals an absent one."""
    return json_format.MessageToDict(json_format.ParseDict(data, message))


def read(text, strict=True):
    """The documents as protos read them, as plain data; `strict`: the executors of the pipeline spec, too."""
    specs, platforms = [], []
    for one in documents(text):
        if 'platforms' in one:
            platforms.append(without_defaults(pipeline_spec_pb2.PlatformSpec(), one))
            executors = one['platforms'].get('kubernetes', {}).get('deploymentSpec', {}).get('executors', {})
            for config in executors.values():
                json_format.ParseDict(config, kubernetes_pb2.KubernetesExecutorConfig())
        else:
            specs.append(without_defaults(pipeline_spec_pb2.PipelineSpec(), one))
            config = specs[-1].get('deploymentSpec', {}) if strict else {}
            json_format.ParseDict(config, pipeline_spec_pb2.PipelineDeploymentConfig())
    return specs + [one for one in platforms if one.get('platforms', {}).get('kubernetes')]


def recompiled(text):
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, 'again.yaml')
        compiler.Compiler().compile(components.load_component_from_text(text), target)
        with open(target, encoding='utf-8') as again:
            return read(again.read())


def first_difference(ours, theirs, path=''):
    if type(ours) is not type(theirs):
        return '%s: %s, the SDK: %s' % (path, json.dumps(ours)[:80], json.dumps(theirs)[:80])
    if isinstance(ours, dict):
        for key in list(ours) + [key for key in theirs if key not in ours]:
            if key not in theirs or key not in ours:
                return '%s/%s: only in %s' % (path, key, 'ours' if key in ours else "the SDK's")
            found = first_difference(ours[key], theirs[key], path + '/' + key)
            if found:
                return found
    elif isinstance(ours, list):
        if len(ours) != len(theirs):
            return '%s: %d items, the SDK: %d' % (path, len(ours), len(theirs))
        for index, (one, other) in enumerate(zip(ours, theirs)):
            found = first_difference(one, other, '%s/%d' % (path, index))
            if found:
                return found
    elif ours != theirs:
        return '%s: %s, the SDK: %s' % (path, json.dumps(ours)[:80], json.dumps(theirs)[:80])
    return None


def verdict(path, only_upload):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    try:
        ours = read(text, not only_upload)
    except Exception as problem:
        return {'file': path, 'error': '%s: %s' % (type(problem).__name__, str(problem)[:300])}
    if only_upload:
        return {'file': path}
    try:
        difference = first_difference(ours, recompiled(text))
    except Exception as problem:
        difference = '%s: %s' % (type(problem).__name__, str(problem)[:300])
    return {'file': path, 'difference': difference} if difference else {'file': path}


asked = json.load(sys.stdin)
files, only = (asked, None) if isinstance(asked, list) else (asked['files'], asked['only'])
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    answers = [verdict(path, only == 'upload') for path in files]
json.dump(answers, sys.stdout)
