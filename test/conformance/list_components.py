"""Imports pipeline files and prints, as JSON, the component of every component function the SDK made in them."""
import importlib.util
import json
import os
import sys


def components_of(path):
    name = 'read_' + os.path.basename(path)[:-3]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    found = {}
    for value in vars(module).values():
        component = getattr(value, 'component_spec', None)
        # Only those made from a Python function carry a program.
        if hasattr(component, 'to_dict') and 'argparse' in json.dumps(component.to_dict()):
            found[component.name] = component.to_dict()
    return {'file': path, 'components': list(found.values())}


json.dump([components_of(path) for path in json.load(sys.stdin)], sys.stdout, default=str)
