"""When the write-ahead log is taken for lost: never because our own connection was closed."""

from types import SimpleNamespace

from welfare.serve import wal


def test_log_is_lost_only_while_our_connection_is_open(tmp_path, monkeypatch):
    ours = SimpleNamespace(vendor="sqlite", connection=object())
    ours.settings_dict = {"NAME": str(tmp_path / "db")}
    monkeypatch.setattr(wal, "connection", ours)
    file, log = tmp_path / "db-wal", wal.WriteAheadLog()
    file.touch()
    assert not log.is_lost()

    ours.connection = None  # SQLite deletes the file with the last connection
    file.unlink()
    assert not log.is_lost()
    ours.connection = object()
    file.touch()
    assert not log.is_lost()

    file.unlink()
    assert log.is_lost()
