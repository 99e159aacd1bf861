"""What a terminal gets and a pipe does not: bold words, a progress bar, a quiet end when interrupted."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mapper import run
from mapper.cli import main
from mapper.cli.terminal import emphasis, progress
from tests.tiny import workspace


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_words_are_bold_on_a_terminal_and_in_brackets_elsewhere() -> None:
    assert emphasis(Screen())("字") == "\x1b[1m字\x1b[0m"
    assert emphasis(io.StringIO())("字") == "【字】"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_may_ask_for_plain_text(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert emphasis(Screen())("字") == "【字】"


def test_no_progress_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress() as show:
        assert show is None


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_a_bar_on_a_terminal_names_documents_and_leaves_stdout_alone(tmp_path: Path) -> None:
    import pty

    made = workspace(tmp_path)
    made.write("corpus/[b].txt", (made.corpus / "a.txt").read_bytes())
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "mapper", "build", *made.arguments, "--out", str(made.out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, env=os.environ | {"TERM": "xterm"}) as process:
        os.close(slave)
        seen = b""
        try:
            while chunk := os.read(master, 4096):
                seen += chunk
        except OSError:  # the other end is closed
            pass
        os.close(master)
        assert process.stdout is not None
        assert len(process.stdout.read().splitlines()) == 2
        assert process.wait(timeout=60) == 0
    assert "阅读" in seen.decode() and "2/2" in seen.decode()


def test_an_interrupt_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = workspace(tmp_path)

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "build", interrupt)
    assert main(["build", *made.arguments, "--out", str(made.out)]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert not made.out.exists()
