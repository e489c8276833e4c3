"""Who stands between others: whose absence would cut a network apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Links = Iterable[tuple[str, str]]


def betweenness(links: Links) -> dict[str, float]:
    """Return for each actor how many shortest paths between two others run through it.

    Links go both ways and each pair counts once; where several shortest paths exist, each
    counts in part. Source: Freeman (1977), by the algorithm of Brandes (2001).
    """
    near = _neighbours(links)
    score = dict.fromkeys(near, 0.0)
    for start in near:
        for actor, share in _shares(near, start).items():
            score[actor] += share / 2
    return score


def _neighbours(links: Links) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for one, other in links:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    return near


def _shares(near: Mapping[str, set[str]], start: str) -> dict[str, float]:
    order, paths, before = _search(near, start)
    share = dict.fromkeys(order, 0.0)
    for actor in reversed(order):
        for earlier in before[actor]:
            share[earlier] += paths[earlier] / paths[actor] * (1 + share[actor])
    share.pop(start)
    return share


def _search(
    near: Mapping[str, set[str]], start: str
) -> tuple[list[str], dict[str, int], dict[str, list[str]]]:
    order, distance = [start], {start: 0}
    paths, before = {start: 1}, {start: list[str]()}
    for actor in order:  # grows while it is walked: breadth first
        for other in sorted(near[actor]):
            if other not in distance:
                distance[other] = distance[actor] + 1
                paths[other], before[other] = 0, []
                order.append(other)
            if distance[other] == distance[actor] + 1:
                paths[other] += paths[actor]
                before[other].append(actor)
    return order, paths, before
