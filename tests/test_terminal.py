"""What a terminal gets and a pipe does not: bold words, a progress bar, a quiet end when interrupted."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mapper import run
from mapper.cli import main
from mapper.cli.terminal import emphasis, progress, put
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


SIGNALS = [("SIGINT", 130), ("SIGTERM", 143)]
WAITING = """
import sys, time
from mapper import run
from mapper.cli import main
def wait(*given, **more):
    print("here", flush=True)
    time.sleep(60)
{patch}
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(("name", "code"), SIGNALS)
@pytest.mark.parametrize("patch", ["run.plan = wait", "run.gather = wait", "import os; os.fsync = wait"])
def test_a_build_that_is_ended_says_so_in_one_line_and_leaves_nothing(
    tmp_path: Path, name: str, code: int, patch: str
) -> None:
    made = workspace(tmp_path)
    made.out.mkdir()
    command = [sys.executable, "-c", WAITING.format(patch=patch), "build", *made.arguments, "--out", str(made.out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.Signals[name])
        said = process.stderr.read().decode()
        assert process.wait(timeout=60) == code
    assert len(said.splitlines()) == 1 and "已中断" in said and "interrupted" in said
    assert list(made.out.iterdir()) == []


@pytest.mark.parametrize(("name", "code"), SIGNALS)
def test_a_signal_between_the_two_files_waits_for_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, code: int
) -> None:
    made = workspace(tmp_path)
    replace = os.replace

    def replace_and_interrupt(old: str, new: Path) -> None:
        replace(old, new)
        if new.name == run.ALIGNMENT:
            signal.raise_signal(signal.Signals[name])

    monkeypatch.setattr(os, "replace", replace_and_interrupt)
    assert main(["build", *made.arguments, "--out", str(made.out)]) == code
    assert "interrupted" in capsys.readouterr().err
    assert sorted(path.name for path in made.out.iterdir()) == [run.ALIGNMENT, run.MATRIX]


def test_files_are_written_from_any_thread(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(main(["build", *made.arguments, "--out", str(made.out)])))
    thread.start()
    thread.join()
    assert codes == [0]


def test_whoever_handles_sigterm_goes_on_handling_it() -> None:
    before = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        assert main(["--version"]) == 0
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_an_interrupt_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = workspace(tmp_path)

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "gather", interrupt)
    assert main(["build", *made.arguments, "--out", str(made.out)]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert not made.out.exists()


def test_what_a_document_holds_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    put(["a\x1b[2Jb\x07", "\x1b[1mbold\x1b[0m", "right\u202eleft", "tab\there"])
    assert capsys.readouterr().out == "a\\u001b[2Jb\\u0007\n\x1b[1mbold\x1b[0m\nright\\u202eleft\ntab\there\n"


@pytest.mark.parametrize("given", [["build", "--corpus", ""], ["build", "--corpus="], ["check", "--policies", ""]])
def test_an_empty_path_is_no_folder(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(given) == 2
    assert "有一个参数是空的" in capsys.readouterr().err
