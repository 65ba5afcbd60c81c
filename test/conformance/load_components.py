"""Loads component files as the KFP SDK does and prints what it makes of their inputs and outputs, as JSON."""
import json
import sys

from kfp.components import _components as components


def described(port):
    found = {'name': port.name}
    if port.type is not None:
        found['type'] = port.type
    if getattr(port, 'default', None) is not None:
        found['default'] = str(port.default)
    if getattr(port, 'optional', None):
        found['optional'] = True
    if port.description is not None:
        found['description'] = port.description
    return found


def load(path):
    try:
        with open(path, 'rb') as file:
            spec = components._load_component_spec_from_component_text(file.read())
    except Exception as problem:  # the question is whether it loads at all
        return {'file': path, 'error': str(problem)[:300]}
    return {
        'file': path,
        'name': spec.name,
        'inputs': [described(port) for port in spec.inputs or []],
        'outputs': [described(port) for port in spec.outputs or []],
    }


json.dump([load(path) for path in json.load(sys.stdin)], sys.stdout)
