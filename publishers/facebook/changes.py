"""Correcting the words of a post, and taking one down. Both are decided by reading the post again."""

from __future__ import annotations

from loa.delivery import Absent, CannotTell, Done, Ending, Found, LookUp, Message, Pending, Receipt, Refused, Unknown
from publishers.common import Halt
from publishers.facebook.graph import SOON, Graph
from publishers.facebook.table import is_gone, succeeded
from publishers.facebook.words import plain, words_of
from publishers.http import InDoubt, NotSent


class Changes:
    """What can be done to a post that is out. A clip is known by the id of its video."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def revise(self, message: Message) -> Ending:
        """Give a post other words."""
        form = {_words_field(message.target): words_of(message)}
        answer = self._graph.commit(message.target, form, {})
        if (answer.json() or {}).get("success") is not True:
            return Unknown("E603", "no success in the answer")
        return Done(self._receipt(message))

    def remove(self, message: Message) -> Ending:
        """Take a post down, and see that it is gone."""
        try:
            answer = self._graph.decided(lambda: self._graph.ask("DELETE", message.target), {})
        except Halt as stopped:
            if isinstance(stopped.ending, Refused) and isinstance(self._read(message), Found):
                return Done(self._receipt(message))
            raise
        if (answer.json() or {}).get("success") is not True:
            return Unknown("E603", "no success in the answer")
        gone = isinstance(self._read(message), Found)
        receipt = self._receipt(message)
        return Done(receipt) if gone else Pending(receipt, self._graph.clock.now() + SOON)

    def removed(self, message: Message) -> Ending:
        """Whether a post that Meta agreed to take down is gone by now; the desk asks again, but not for ever."""
        found = self._read(message)
        if isinstance(found, Found):
            return Done(self._receipt(message))
        return Unknown("E603", found.detail if isinstance(found, CannotTell) else f"{message.target} still stands")

    def look_up(self, message: Message) -> LookUp:
        """Whether a change in doubt has happened."""
        return self._read(message)

    def _read(self, message: Message) -> LookUp:
        field = _words_field(message.target)
        try:
            answer = self._graph.ask("GET", message.target, params={"fields": f"id,{field}"})
        except (NotSent, InDoubt) as error:
            return CannotTell(f"E631 {error}")
        if is_gone(answer, self._graph.secrets):
            return Found(self._receipt(message)) if message.action == "remove" else Absent()
        found = answer.json() or {}
        if not succeeded(answer) or found.get("id") != message.target:
            error_object = self._graph.error_of(answer)
            return CannotTell(f"E631 {error_object.detail if error_object else f'HTTP {answer.status}'}")
        same = plain(str(found.get(field, ""))) == plain(words_of(message))
        return Found(self._receipt(message)) if message.action == "revise" and same else Absent()

    def _receipt(self, message: Message) -> Receipt:
        return Receipt(message.target, "" if message.action == "remove" else self._graph.address(message.target))


def _words_field(target: str) -> str:
    """A post has a message, a clip has a description. Only the id of a post has two halves."""
    return "message" if "_" in target else "description"
