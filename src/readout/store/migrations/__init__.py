"""From any released schema to the newest, one step a file under `versions/`; each step is one all-or-nothing change.

A released step is never edited. A change first adds (expand), and takes away only in a later release (contract).
Alembic is loaded only where there is something to do.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from readout.errors import SchemaError

HEAD = "v0017"

_FOLDER = Path(__file__).parent


def revision(connection: Connection) -> str | None:
    """The last step that this database has taken; None where it has taken none."""
    if not connection.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def upgrade(connection: Connection) -> None:
    """Take every step that is left, inside the connection's transaction. Raises SchemaError where the last one taken
    is not known here.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    taken = revision(connection)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if taken is not None and taken not in known:
        name = connection.engine.url.database
        message = f"{name}: it was written by a newer Readout (schema {taken}; this one knows none after {HEAD})"
        raise SchemaError(message)
    command.upgrade(config, "head")
