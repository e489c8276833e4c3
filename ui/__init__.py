"""The Qt front end: the only code that imports PySide6."""

import builtins

import PySide6.QtCore  # noqa: F401  # it replaces `__import__`

# WORKAROUND (PYSIDE-2029): from its own import on, PySide6 reads the source text of every module
# that anything imports, to see whether it asks for a `__feature__`. Nothing here asks for one, so
# imports are as before: that spares half a millisecond for each module, and the texts in memory.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
