"""Every kind of panel is one function, and everybody can import it."""

import inspect
from pathlib import Path

import panels
from panels.kinds import KINDS


def test_every_kind_is_one_file_with_one_function_that_everybody_can_import() -> None:
    files = {path.stem for path in (Path(panels.__file__).parent / "kinds").glob("*.py")} - {"__init__", "kind"}
    assert len(KINDS) == len(files)
    for name in files:
        function = getattr(panels, name)
        assert inspect.isfunction(function)
        assert name in panels.__all__
        assert function.__doc__


def test_the_public_face_is_sorted_and_there() -> None:
    assert list(panels.__all__) == sorted(panels.__all__, key=lambda one: (not one.isupper(), one[0].islower(), one))
    assert all(hasattr(panels, one) for one in panels.__all__)
