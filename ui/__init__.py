"""The Qt front end: the only code that imports PySide6."""
