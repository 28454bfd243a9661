"""Why nothing can be derived: the one exception of this package, which never leaves it."""


class Unsolved(Exception):
    """No series are known for which an expression does what is wanted; says why, in a person's words."""


class Inseparable(Unsolved):
    """A part of a condition that is true whenever another one is: there is nothing to tell of it alone."""
