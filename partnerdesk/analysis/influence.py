"""Direct and indirect influence between actors (MACTOR), for five actors or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Influence:
    """One actor's influence on others, its dependence on them, and its relation of force.

    `force` (Q*) is 1 on average: above 1 an actor can act more than it is acted on.
    """

    influence: float
    dependence: float
    force: float


def mactor(direct: Matrix) -> tuple[Influence, ...]:
    """Return each actor's figures from the square matrix of direct influences 0..4.

    MDII_ij = M_ij + sum_k min(M_ik, M_kj), k neither i nor j; the diagonal holds
    sum_k min(M_ik, M_ki). I and D are row and column sums without the diagonal;
    Q_i = I_i / sum I * I_i / (I_i + D_i); Q* = n Q / sum Q.
    Source: Godet, MACTOR (1991), as in method.md, F8.
    """
    n, total = len(direct), mdii(direct)
    rows = [sum(total[i]) - total[i][i] for i in range(n)]
    columns = [sum(row[i] for row in total) - total[i][i] for i in range(n)]
    raw = [_force(i, d, sum(rows)) for i, d in zip(rows, columns, strict=True)]
    scale = n / sum(raw) if any(raw) else 0.0
    return tuple(Influence(i, d, q * scale) for i, d, q in zip(rows, columns, raw, strict=True))


def mdii(direct: Matrix) -> list[list[float]]:
    """Return the matrix of direct and indirect influences, with its diagonal."""
    n = range(len(direct))
    return [[_through(direct, i, j) + (direct[i][j] if i != j else 0) for j in n] for i in n]


def _through(direct: Matrix, i: int, j: int) -> float:
    return sum(min(direct[i][k], direct[k][j]) for k in range(len(direct)) if k not in (i, j))


def _force(influence: float, dependence: float, whole: float) -> float:
    return influence / whole * influence / (influence + dependence) if influence else 0.0
