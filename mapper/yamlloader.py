"""The loader of YAML: plain data only, and the fast one where it was built."""

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
