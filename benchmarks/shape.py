"""Figures of shape (house rule 10): python benchmarks/shape.py [root].

A function is as long as its lines from ``def`` to its last line, docstring included. Lines of code and of tests
are lines that are not blank.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

CODE = ("loa", "publishers", "scheduler.py")
TESTS = ("tests",)
MOST_FUNCTION_MEDIAN = 10
MOST_FUNCTION_95TH = 45
MOST_MODULE_LINES = 300
_CATCHES_ALL = frozenset({"Exception", "BaseException"})


@dataclass(frozen=True)
class Function:
    """One function or method."""

    place: str
    lines: int


@dataclass(frozen=True)
class Module:
    """One file: its lines, its functions, and the places where it catches everything."""

    path: str
    lines: int
    written: int
    functions: tuple[Function, ...]
    catches_all: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """The figures of a tree."""

    code: tuple[Module, ...]
    tests: tuple[Module, ...]

    @property
    def function_lengths(self) -> list[int]:
        return [function.lines for module in self.code for function in module.functions]

    @property
    def median(self) -> float:
        return median(self.function_lengths)

    @property
    def percentile_95(self) -> float:
        return quantiles(self.function_lengths, n=20, method="inclusive")[-1]

    @property
    def too_long_modules(self) -> list[Module]:
        return [module for module in self.code if module.lines > MOST_MODULE_LINES]

    @property
    def catches_all(self) -> list[str]:
        return [place for module in self.code for place in module.catches_all]

    @property
    def tests_to_code(self) -> float:
        return sum(module.written for module in self.tests) / sum(module.written for module in self.code)


def measure(root: Path) -> Shape:
    """The shape of the tree at ``root``."""
    return Shape(tuple(_modules(root, CODE)), tuple(_modules(root, TESTS)))


def _modules(root: Path, names: Sequence[str]) -> Iterator[Module]:
    for name in names:
        top = root / name
        for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
            yield read_module(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())


def read_module(source: str, path: str) -> Module:
    """What there is to count in one file."""
    lines = source.splitlines()
    functions, catches = [], []
    for node, name in _named(ast.parse(source), ""):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.append(
                Function(f"{path}:{node.lineno} {name}", (node.end_lineno or node.lineno) - node.lineno + 1)
            )
        elif isinstance(node, ast.ExceptHandler) and _catches_all(node):
            catches.append(f"{path} {name}")
    return Module(path, len(lines), sum(1 for line in lines if line.strip()), tuple(functions), tuple(catches))


def _named(node: ast.AST, scope: str) -> Iterator[tuple[ast.AST, str]]:
    """Every node below with the dotted name of the function or class that it stands in (or is)."""
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        inner = f"{scope}.{child.name}".lstrip(".") if named else scope
        yield child, inner
        yield from _named(child, inner)


def _catches_all(handler: ast.ExceptHandler) -> bool:
    caught = handler.type
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(name, ast.Name) and name.id in _CATCHES_ALL for name in names)


def main() -> None:
    """Print the figures beside their bars."""
    shape = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    modules = [module.lines for module in shape.code]
    print(f"functions            {len(shape.function_lengths)}")
    print(f"  median lines       {shape.median:g} (bar: under {MOST_FUNCTION_MEDIAN})")
    print(f"  95th percentile    {shape.percentile_95:g} (bar: under {MOST_FUNCTION_95TH})")
    longest = sorted((f for m in shape.code for f in m.functions), key=lambda f: -f.lines)[:5]
    for function in longest:
        print(f"    {function.lines:4}  {function.place}")
    print(f"modules              {len(modules)}")
    print(f"  median lines       {median(modules):g}")
    print(f"  longest            {max(modules)} (bar: at most {MOST_MODULE_LINES})")
    for module in shape.too_long_modules:
        print(f"    {module.lines:4}  {module.path}")
    print(f"tests : code         {shape.tests_to_code:.2f} (about 1.2)")
    print(f"catches everything   {len(shape.catches_all)}")
    for place in shape.catches_all:
        print(f"    {place}")


if __name__ == "__main__":
    main()
