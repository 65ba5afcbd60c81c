"""Reads JSON strings (one YAML text a line) and writes what PyYAML makes of each: {"ok": [documents]} or {"error": text}.

The loader follows the reader of Kubernetes tools: no base 60, no timestamps, the words y and n, exponents without a point. For a line with
[text, "kubeflow"] it follows go-yaml v3, with which Kubeflow's server reads pipeline specs: only true and false are booleans.
"""
import json
import re
import sys

import yaml

TAG = "tag:yaml.org,2002:"


class Loader(yaml.SafeLoader):
    """PyYAML's safe loader with the scalars of go-yaml v2."""


OTHER = {TAG + name for name in ("timestamp", "int", "float", "value")}
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag not in OTHER]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(TAG + "int", re.compile(r"^[-+]?(?:0[bB][01_]+|0[oO]?[0-7_]+|0|[1-9][0-9_]*|0[xX][0-9a-fA-F_]+)$"), list("-+0123456789"))
Loader.add_implicit_resolver(TAG + "float", re.compile(r"^[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$"), list("-+0123456789."))
Loader.add_implicit_resolver(TAG + "bool", re.compile(r"^[yYnN]$"), list("yYnN"))


def read_int(loader, node):
    text = loader.construct_scalar(node).replace("_", "").lower()
    sign = -1 if text.startswith("-") else 1
    text = text.lstrip("+-")
    for prefix, base in (("0x", 16), ("0b", 2), ("0o", 8)):
        if text.startswith(prefix):
            return sign * int(text[2:], base)
    return sign * int(text, 8 if text.startswith("0") and len(text) > 1 else 10)


Loader.add_constructor(TAG + "int", read_int)
Loader.add_constructor(TAG + "float", lambda loader, node: float(loader.construct_scalar(node).replace("_", "")))
Loader.add_constructor(TAG + "bool", lambda loader, node: loader.construct_scalar(node).lower() in ("y", "yes", "true", "on"))


def construct_object(loader, node, deep=False):
    """As keys, the one-letter words stay letters."""
    if isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            if key.tag == TAG + "bool" and len(key.value) == 1:
                key.tag = TAG + "str"
    return yaml.SafeLoader.construct_object(loader, node, deep)


Loader.construct_object = construct_object


class KubeflowLoader(Loader):
    """The same with the booleans of YAML 1.2."""


KubeflowLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != TAG + "bool"]
    for first, pairs in Loader.yaml_implicit_resolvers.items()
}
KubeflowLoader.add_implicit_resolver(TAG + "bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def as_json(value):
    if isinstance(value, dict):
        words = {True: "true", False: "false", None: "null"}
        return {words[key] if key is None or isinstance(key, bool) else str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


for line in sys.stdin:
    try:
        asked = json.loads(line)
        text, reader = (asked, Loader) if isinstance(asked, str) else (asked[0], KubeflowLoader)
        print(json.dumps({"ok": as_json(list(yaml.load_all(text, Loader=reader)))}, default=str))
    except Exception as error:
        print(json.dumps({"error": str(error)[:300]}))
