"""The ways of ``loa.yaml`` on which the office is told, and the watch that uses them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from loa.alerts import Notice, Watch, Way, observe, tell_round
from loa.alerts.ways import Mailbox, run_command, send_mail
from loa.dispatch import Desk
from loa.errors import LoaError
from loa.secrets import Secrets, secret_variable
from loa.workspace import Workspace
from loa.workspace.settings import AlertWay
from publishers.http import InDoubt, NotSent, call, new_session

_HTTP_SECONDS = 30.0
_CALL_SECONDS = (10, 20)
"""To connect, to answer."""
_GOOD, _BEYOND = 200, 300


def ways_of(workspace: Workspace, secrets: Secrets | None = None) -> tuple[Way, ...]:
    """The ways that ``loa.yaml`` names. Secrets are asked for when something is told."""
    kept = secrets or Secrets(workspace.root, workspace.var)
    return tuple(_way(workspace, kept, each) for each in workspace.settings.alerts)


def watch_of(desk: Desk) -> AbstractContextManager[object]:
    """The watch beside a scheduler; none where nobody is to be told, and none for a practice run."""
    ways = ways_of(desk.workspace)
    return Watch(desk, ways) if ways and not desk.in_sandbox else nullcontext()


def tell_now(desk: Desk) -> None:
    """One look after a single beat. What cannot be told is tried after a later one."""
    ways = ways_of(desk.workspace)
    if ways and not desk.in_sandbox:
        tell_round(desk, ways, observe(desk))


def _way(workspace: Workspace, secrets: Secrets, each: AlertWay) -> Way:
    tell: Callable[[Notice], None]
    if each.command:
        tell, name = partial(run_command, each.command, workspace.root), each.command[0]
    elif each.email:
        password = partial(_secret, secrets, each.smtp_password) if each.smtp_password else None
        box = Mailbox(each.smtp, each.sender or each.email, each.email, each.smtp_user, password)
        tell, name = partial(send_mail, box), each.email
    else:
        tell, name = partial(_post, each.webhook), each.webhook.partition("?")[0]
    leads_to = json.dumps([each.command, each.email, each.webhook])
    return Way(hashlib.sha256(leads_to.encode()).hexdigest()[:8], name, each.on, tell)


def _secret(secrets: Secrets, name: str) -> str:
    if found := secrets.find(name):
        return found.value
    raise LoaError("E704", account="alerts", secret=name, variable=secret_variable(name))


def _post(url: str, notice: Notice) -> None:
    """Send the notice as JSON. A redirect is no answer.

    Raises:
        LoaError: E999, the address does not take it.
    """
    words = {"subject": notice.subject, "text": notice.body, **notice.data}
    try:
        answer = call(new_session(_HTTP_SECONDS), "POST", url, json=words, timeout=_CALL_SECONDS)
    except (NotSent, InDoubt) as error:
        raise LoaError("E999", way=url.partition("?")[0], detail=str(error)) from None
    if not _GOOD <= answer.status < _BEYOND:
        raise LoaError("E999", way=url.partition("?")[0], detail=f"HTTP {answer.status}")
