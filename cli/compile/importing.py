"""Import a person's modules so that two sources with modules of one name do not mix."""

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from cli.compile.discover import OURS, SUFFIX, Module


@contextmanager
def importing_from(module: Module) -> Iterator[None]:
    """Within the block, `import x` finds the source's own modules first; afterwards they are gone again."""
    root, names = module.root, _names(module) - set(OURS)
    hidden = {name: module for name, module in sys.modules.items() if name.split(".", 1)[0] in names}
    for name in hidden:
        del sys.modules[name]
    sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    wrote = sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # a folder of pages stays as its owner left it
    try:
        yield
    finally:
        sys.dont_write_bytecode = wrote
        sys.path.remove(str(root))
        for name in [name for name in sys.modules if name.split(".", 1)[0] in names]:
            del sys.modules[name]
        sys.modules.update(hidden)


def _names(module: Module) -> set[str]:
    """The top-level names that the source defines: a package's own, or all files and folders of a folder."""
    top = module.name.split(".", 1)[0]
    if (module.root / top / "__init__.py").is_file():
        return {top}
    entries = module.root.iterdir()
    return {entry.name.removesuffix(".py") for entry in entries if entry.suffix == ".py" or entry.is_dir()}


def load(module: Module) -> ModuleType:
    """Run the module, and what it imports; raises whatever it raises."""
    if not module.path.name.endswith(SUFFIX):
        return importlib.import_module(module.name)
    spec = importlib.util.spec_from_file_location(module.name, module.path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{module.path} is no Python file")
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[module.name] = loaded
    try:
        spec.loader.exec_module(loaded)
    finally:
        sys.modules.pop(module.name, None)
    return loaded
