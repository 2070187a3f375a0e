"""For every test: no keyring of this machine is asked, and planted secrets are searched for in all that is left."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from support.leaks import pytest_collection_finish, pytest_sessionfinish, pytest_terminal_summary
from support.order import pytest_collection_modifyitems
from support.postgres import running_server

__all__ = [
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
]

# How long a busy machine takes to draw an example says nothing about the code; and where an example is given a fixture,
# what the examples before have left in it is meant.
settings.register_profile("loa", suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
settings.load_profile("loa")

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are processors: many a test waits for processes, for a lease, or for a minute to pass."""
    return (os.cpu_count() or 1) + 2


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A real PostgreSQL of this process; its address without a database."""
    with running_server() as address:
        yield address
