"""Tables as circulations: the bounds of a hidden count, and what to hide to widen them.

Each count of a table is a flow along an arc, and adding up says that at every node as much enters
as leaves. A hidden count can be larger or smaller by as much as can be sent round a cycle of
hidden arcs: an arc can always carry more, and less by what it carries. Maximal flows therefore
give the attacker's exact bounds in whole numbers (Cox 1995; Fischetti and Salazar 1999).
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arc:
    """A count between two nodes."""

    tail: int
    head: int
    flow: int
    cost: int
    """What hiding it costs."""


class Network:
    """A table whose counts add up."""

    def __init__(self, arcs: Sequence[Arc]) -> None:
        self.arcs = tuple(arcs)
        self._at: defaultdict[int, list[int]] = defaultdict(list)
        for number, arc in enumerate(self.arcs):
            self._at[arc.tail].append(number)
            self._at[arc.head].append(number)

    def bounds(self, number: int, hidden: Collection[int]) -> tuple[int, int | None]:
        """Return the least and the largest value of a hidden arc; no largest if unlimited.

        An arc that is not hidden has its own value twice.
        """
        arc = self.arcs[number]
        if number not in hidden:
            return arc.flow, arc.flow
        more = _Residual(self, number, hidden).push(arc.head, arc.tail, None)
        less = _Residual(self, number, hidden).push(arc.tail, arc.head, arc.flow)
        return arc.flow - (less or 0), None if more is None else arc.flow + more

    def protect(self, primary: Collection[int], width: int) -> set[int]:
        """Return the arcs to hide so that each primary arc has bounds at least so far apart.

        Cheap cycles are added for one arc after the other, the smallest first; afterwards what
        turns out to be superfluous is shown again, the dearest first. The result is safe and
        cannot be reduced by showing one more arc; it is not always the cheapest of all.
        """
        hidden = set(primary)
        for number in sorted(primary, key=lambda each: (self.arcs[each].flow, each)):
            while added := self._addition(number, hidden, width):
                hidden |= added
        for number in sorted(hidden - set(primary), key=lambda each: -self.arcs[each].cost):
            fewer = hidden - {number}
            if all(self._is_wide(each, fewer, width) for each in primary):
                hidden = fewer
        return hidden

    def _is_wide(self, number: int, hidden: Collection[int], width: int) -> bool:
        arc = self.arcs[number]
        more = _Residual(self, number, hidden).push(arc.head, arc.tail, width) or 0
        if more >= width:
            return True
        less = _Residual(self, number, hidden).push(arc.tail, arc.head, min(arc.flow, width - more))
        return more + (less or 0) >= width

    def _addition(self, number: int, hidden: Collection[int], width: int) -> set[int]:
        """Return the cheapest arcs which, hidden too, widen the bounds of an arc to the width, or
        as far as possible; none if they are wide enough."""
        arc = self.arcs[number]
        upwards, downwards = _Residual(self, number, hidden), _Residual(self, number, hidden)
        more = upwards.push(arc.head, arc.tail, width) or 0
        less = downwards.push(arc.tail, arc.head, arc.flow) or 0
        room = width - more - less
        while room > 0:
            found = [upwards.cheapest_path(arc.head, arc.tail, room)]
            if room <= arc.flow - less:
                found.append(downwards.cheapest_path(arc.tail, arc.head, room))
            paths = [path for path in found if path]
            if paths:
                return set(min(paths)[1])
            room //= 2
        return set()

    def steps(self, node: int) -> Iterator[tuple[int, int, bool]]:
        """Yield arc, other end and whether the arc is followed forwards."""
        for number in self._at[node]:
            arc = self.arcs[number]
            if arc.tail == node:
                yield number, arc.head, True
            if arc.head == node:
                yield number, arc.tail, False


class _Residual:
    """What can still be changed by hidden arcs, apart from one arc in question."""

    def __init__(self, network: Network, without: int, hidden: Collection[int]) -> None:
        self._network = network
        self._without = without
        self._flow = {each: network.arcs[each].flow for each in hidden if each != without}

    def push(self, source: int, sink: int, limit: int | None) -> int | None:
        """Send as much as possible, up to the limit, and return it; nothing if it is unlimited."""
        sent = 0
        while limit is None or sent < limit:
            path = self._path(source, sink)
            if path is None:
                break
            rooms = [self._flow[number] for number, forwards in path if not forwards]
            rooms += [] if limit is None else [limit - sent]
            if not rooms:
                return None
            for number, forwards in path:
                self._flow[number] += min(rooms) if forwards else -min(rooms)
            sent += min(rooms)
        return sent

    def _path(self, source: int, sink: int) -> list[tuple[int, bool]] | None:
        """Return arcs along which more can flow, as few as possible; nothing if there are none."""
        reached: dict[int, list[tuple[int, bool]]] = {source: []}
        queue = deque([source])
        while queue:
            node = queue.popleft()
            if node == sink:
                return reached[node]
            for number, other, forwards in self._network.steps(node):
                if other in reached or number not in self._flow:
                    continue
                if forwards or self._flow[number]:
                    reached[other] = [*reached[node], (number, forwards)]
                    queue.append(other)
        return None

    def cheapest_path(self, source: int, sink: int, room: int) -> tuple[int, list[int]] | None:
        """Return cost and arcs of the cheapest path with this much room, if more were hidden."""
        queue: list[tuple[int, list[int], int]] = [(0, [], source)]
        done: set[int] = set()
        while queue:
            cost, path, node = heapq.heappop(queue)
            if node == sink:
                return cost, path
            if node in done:
                continue
            done.add(node)
            for number, other, forwards in self._network.steps(node):
                if number == self._without or other in done:
                    continue
                arc = self._network.arcs[number]
                if forwards or self._flow.get(number, arc.flow) >= room:
                    price = 0 if number in self._flow else arc.cost
                    heapq.heappush(queue, (cost + price, [*path, number], other))
        return None
