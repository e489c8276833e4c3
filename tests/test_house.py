"""The house rules that no single package can hold: pins, layers, start-up, no network."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pytestqt.qtbot import QtBot

import partnerdesk
from partnerdesk import cli, statuses

ROOT = Path(__file__).parents[1]
CODE = ("partnerdesk", "ui", "resources")
HEAVY = (
    "pyhanko",
    "reportlab",
    "networkx",
    "docx",
    "cryptography",
    "uharfbuzz",
    "fontTools",
    "pypdfium2",
    "PIL",
    "sqlite_utils",
    "asn1crypto",
    "lxml",
    "aiohttp",
)
REGISTRIES = re.compile(
    r"py[p]i\.org|python[h]osted|np[m]js\.|crat[e]s\.io|cond[a]\.(io|org)|index-ur[l]"
)
ERRORS = {"UserError", "EnvironmentProblem", "InputErrors"}
MOST_WORDS = 35
TALKS_TO_A_NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "xmlrpc",
    "aiohttp",
    "requests",
    "PySide6.QtNetwork",
}
WITHOUT_QT = """
import importlib, pkgutil, sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError("the core asked for " + name)
sys.meta_path.insert(0, NoQt())
import partnerdesk
for module in pkgutil.walk_packages(partnerdesk.__path__, "partnerdesk."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
HEAVY_ONES = f"; import sys; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
LATER = ("partnerdesk.store", "ui.opened", "ui.standing", "ui.keeping", "ui.views.view")
FIRST_WINDOW = (
    "from ui.app import Desk, Go, Place, application; app = application(); desk = Desk(app);"
    "desk.go(Place(Go.HOME)); desk.window.show(); app.processEvents()"
)


def _python(code: str) -> str:
    """Return what a fresh interpreter in this checkout prints."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _modules() -> Iterator[Path]:
    return (path for name in CODE for path in sorted((ROOT / name).rglob("*.py")))


def _imported(tree: ast.AST) -> Iterator[str]:
    """Return the full dotted names that a module imports, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _called(node: ast.AST) -> str:
    """Return the last name of what a node calls, or '' for anything else than a call."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def _told_texts(scope: ast.AST) -> Iterator[str]:
    """Return the texts of a function that go to a person, which is where its errors take theirs."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and _called(node) in {"_", "ngettext"}:
            yield from (a.value for a in node.args if isinstance(a, ast.Constant))


def _makes_text_labels(path: Path) -> bool:
    """Return whether a module makes a QLabel other than an empty one that gets no text later."""
    code = path.read_text("utf-8")
    tree = ast.parse(code)
    pictures = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and f"{ast.unparse(node.targets[0])}.setText(" not in code
    }
    made = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    bases = [
        base for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases
    ]
    return "QLabel" in map(ast.unparse, bases) or any(
        _called(node) == "QLabel" and (node.args or id(node) not in pictures) for node in made
    )


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _repository() -> Iterator[tuple[str, str]]:
    """Return the name and text of every file of the project, but of what is made from them."""
    made = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()}
    for folder, inside, names in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in made | {".git"}]
        for path in (Path(folder, name) for name in names):
            yield str(path.relative_to(ROOT)), path.read_bytes().decode("utf-8", "ignore")


def _locked(name: str) -> dict[str, str]:
    """Return the version that a requirements file locks for each package."""
    pins = re.findall(r"^([\w.-]+)==([^\s\\]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pins}


def _project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_setting_a_label_does_not_eat_references_to_none(qtbot: QtBot) -> None:
    """WORKAROUND: PySide6 6.12.0 drops one at each void call below Python 3.12, then aborts."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    label.setText("x")
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 100


def test_pyside_is_older_than_the_one_that_aborts() -> None:
    asked = "PySide6-Essentials>=6.8.3,<6.12"
    assert asked in _project()["project"]["dependencies"]  # type: ignore[index]  # plain TOML
    assert Requirement(asked).specifier.contains(metadata.version("PySide6-Essentials"))


def test_the_core_imports_without_qt() -> None:
    assert _python(WITHOUT_QT) == ""


@pytest.mark.parametrize("act", ["import partnerdesk.cli", FIRST_WINDOW])
def test_starting_loads_no_heavy_library(act: str) -> None:
    assert _python(act + HEAVY_ONES) == ""


def test_no_module_talks_to_a_network() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in _modules()
        for name in _imported(ast.parse(path.read_text("utf-8")))
        if {name, name.partition(".")[0]} & TALKS_TO_A_NETWORK
    }
    assert not found


def test_set_up_names_no_host() -> None:
    files = [ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / "build.spec"]
    files += [*sorted((ROOT / ".ci").iterdir()), *sorted(ROOT.glob("requirements*.txt"))]
    assert not [path.name for path in files if "://" in path.read_text("utf-8")]


def test_no_file_names_a_package_registry() -> None:
    assert not [name for name, text in _repository() if REGISTRIES.search(text)]


def test_an_error_is_told_in_few_words() -> None:
    told = {
        text
        for path in _modules()
        for function in _functions(path)
        if any(_called(node) in ERRORS for node in ast.walk(function))
        for text in _told_texts(function)
    }
    assert len(told) > 50
    assert not [text for text in told if len(text.split()) > MOST_WORDS]


def test_only_the_small_parts_make_labels_that_hold_text() -> None:
    """Elsewhere a text is `Words`, which never reads it as markup; a picture may be a QLabel."""
    parts = ROOT / "ui" / "widgets"
    outside = (path for path in (ROOT / "ui").rglob("*.py") if parts not in path.parents)
    assert not [str(path.relative_to(ROOT)) for path in outside if _makes_text_labels(path)]


def test_words_are_plain(qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt

    from ui.widgets.text import Words

    words = Words("<b>A & B</b>")
    qtbot.addWidget(words)
    assert words.textFormat() is Qt.TextFormat.PlainText


def test_every_exit_status_is_documented() -> None:
    s = statuses
    known = {s.DONE, s.NO, s.CANNOT_TELL, s.REFUSED, s.SURROUNDINGS, s.USAGE}
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {int(n) for n in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)} == known
    assert {int(n) for n in re.findall(r"\b\d+\b", cli.__doc__ or "")} == known


def test_the_first_window_loads_nothing_that_works_on_a_file() -> None:
    views = f"{FIRST_WINDOW}; import sys; print(*(n for n in sys.modules if n in {LATER!r}))"
    assert _python(views) == ""


def test_imports_in_the_window_read_no_source_texts() -> None:
    texts = "import linecache, ui.app; print(*(n for n in linecache.cache if '/ui/' in n))"
    assert _python(texts) == ""


def test_a_wrong_command_leaves_with_the_documented_status() -> None:
    command = [sys.executable, "-m", "partnerdesk", "no-such-command"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == statuses.USAGE
    assert "Traceback" not in done.stderr


def test_the_version_is_told_once_and_the_same() -> None:
    assert _project()["project"]["version"] == partnerdesk.__version__  # type: ignore[index]  # plain TOML


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in _modules()
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not silent


def test_every_package_on_disk_is_packed() -> None:
    listed = _project()["tool"]["setuptools"]["packages"]  # type: ignore[index]  # plain TOML
    here = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in _modules()
        if path.name == "__init__.py"
    }
    assert here == set(listed)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_its_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    packages = [block for block in blocks if not block.startswith("#")]
    assert packages
    assert not [one.split()[0] for one in packages if "--hash=sha256:" not in one]


def test_what_is_tested_is_what_is_shipped() -> None:
    tested = _locked("requirements-dev.txt")
    assert _locked("requirements.txt").items() <= tested.items()
    assert {name: metadata.version(name) for name in tested} == tested


def test_the_lock_holds_what_the_project_asks_for() -> None:
    locked = _locked("requirements.txt")
    asked = [Requirement(text) for text in _project()["project"]["dependencies"]]  # type: ignore[index]  # plain TOML
    assert all(one.specifier.contains(locked[canonicalize_name(one.name)]) for one in asked)


def test_every_shipped_library_has_its_licence_told() -> None:
    told = (ROOT / "THIRD-PARTY-LICENSES.md").read_text("utf-8")
    shipped = _locked("requirements.txt").items() - {("pip", _locked("requirements.txt")["pip"])}
    assert not [name for name, version in shipped if f"| {name} | {version} |" not in told]


def test_where_a_licence_is_a_choice_the_choice_is_told_and_never_the_gpl() -> None:
    told = (ROOT / "THIRD-PARTY-LICENSES.md").read_text("utf-8")
    choices = re.findall(r"^\|.*\| ([^|]* OR [^|]*) \|$", told, re.MULTILINE)
    assert choices
    assert not [one for one in choices if not re.search(r"; chosen: (?!GPL)", one)]


def test_the_bundle_leaves_the_readline_of_the_gpl_out() -> None:
    assert '"readline"' in (ROOT / "build.spec").read_text("utf-8")
