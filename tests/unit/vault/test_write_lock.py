"""The write lock: one holder, and it is let go of by whatever ends."""

import fcntl
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from caseapp.vault import write_lock
from caseapp.vault.errors import StoreProblem
from caseapp.vault.write_lock import WriteLock


def is_free(path: Path) -> bool:
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def test_it_is_held_from_acquire_to_release(path: Path) -> None:
    lock = WriteLock(path)
    assert is_free(path)
    lock.acquire()
    assert not is_free(path)
    lock.release()
    lock.release()
    assert is_free(path)
    lock.close()


def test_closing_lets_go(path: Path) -> None:
    lock = WriteLock(path)
    lock.acquire()
    lock.close()
    lock.close()
    assert is_free(path)


def test_a_thread_that_would_wait_for_itself_is_told_so(path: Path) -> None:
    one, other = WriteLock(path), WriteLock(path)
    one.acquire()
    with pytest.raises(StoreProblem, match="second write"):
        other.acquire()
    one.release()
    other.acquire()
    other.close()
    one.close()


def acquire_elsewhere(lock: WriteLock) -> BaseException | None:
    """In another thread, which is allowed to wait; returns what it raised."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lock.acquire).exception()


def test_who_waits_too_long_is_told_so_and_may_try_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder, patient = WriteLock(path), WriteLock(path)
    holder.acquire()
    with monkeypatch.context() as patch:
        patch.setattr(write_lock, "WAIT_SECONDS", 0.01)
        assert isinstance(acquire_elsewhere(patient), StoreProblem)
        assert isinstance(acquire_elsewhere(patient), StoreProblem)
    holder.close()
    assert acquire_elsewhere(patient) is None
    assert not is_free(path)
    patient.close()


def test_who_waits_too_long_for_another_process_is_told_so_and_may_try_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = WriteLock(path)
    with path.open() as foreign:
        fcntl.flock(foreign, fcntl.LOCK_EX)
        with monkeypatch.context() as patch:
            patch.setattr(write_lock, "WAIT_SECONDS", 0.01)
            assert isinstance(acquire_elsewhere(patient), StoreProblem)
            assert isinstance(acquire_elsewhere(patient), StoreProblem)
    assert acquire_elsewhere(patient) is None
    assert not is_free(path)
    patient.close()
    assert is_free(path)


def test_a_turn_that_was_given_up_is_let_go_when_it_comes(path: Path) -> None:
    holder, given_up = WriteLock(path), WriteLock(path)
    holder.acquire()
    assert not write_lock._Turn(given_up._descriptor).comes_within(0)
    given_up.close()
    holder.close()
    late = WriteLock(path)
    assert acquire_elsewhere(late) is None
    late.close()


def test_the_holder_may_be_let_go_by_another_thread(path: Path) -> None:
    lock = WriteLock(path)
    lock.acquire()
    thread = threading.Thread(target=lock.close)
    thread.start()
    thread.join()
    again = WriteLock(path)
    again.acquire()
    again.close()


def test_another_thread_waits_for_its_turn(path: Path) -> None:
    first, second, order = WriteLock(path), WriteLock(path), list[str]()
    first.acquire()

    def wait() -> None:
        second.acquire()
        order.append("second")
        second.close()

    thread = threading.Thread(target=wait)
    thread.start()
    order.append("first")
    first.close()
    thread.join()
    assert order == ["first", "second"]


def test_a_killed_process_lets_go(path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path;"
        "from caseapp.vault.write_lock import WriteLock;"
        "lock = WriteLock(Path(sys.argv[1])); lock.acquire(); print('held', flush=True);"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert not is_free(path)
        process.kill()
        process.wait()
    assert is_free(path)
