"""The reasons of the system, in Chinese."""

from __future__ import annotations

import errno
import os

import pytest

from zhijiao20.system.os_errors import reason


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(PermissionError(errno.EACCES, "x"), "没有权限，或正被别的程序占用", id="permission"),
        pytest.param(FileNotFoundError(errno.ENOENT, "x"), "文件不存在", id="missing"),
        pytest.param(IsADirectoryError(errno.EISDIR, "x"), "是一个文件夹", id="folder"),
        pytest.param(FileExistsError(errno.EEXIST, "x"), "已有同名的文件", id="exists"),
        pytest.param(NotADirectoryError(errno.ENOTDIR, "x"), "路径里有一段是文件，不是文件夹", id="no-folder"),
        pytest.param(TimeoutError(errno.ETIMEDOUT, "x"), "等得太久，没有回应", id="timeout"),
        pytest.param(OSError(errno.EIO, "x"), "磁盘读写出错，或已经拔出", id="disk"),
        pytest.param(OSError(errno.ESTALE, "x"), "连不上这个网络位置", id="network"),
        pytest.param(OSError(errno.ENOSPC, "x"), "磁盘已满", id="full"),
        pytest.param(OSError(errno.EROFS, "x"), "磁盘是只读的", id="read-only"),
        pytest.param(OSError(errno.ENAMETOOLONG, "x"), "文件名太长", id="long"),
        pytest.param(OSError(errno.ELOOP, "x"), "链接绕成了圈", id="circle"),
    ],
)
def test_the_usual_reasons_in_chinese(error: OSError, expected: str) -> None:
    """The system's own words are English."""
    assert reason(error) == expected


def test_a_rare_reason_in_the_words_of_the_system() -> None:
    """Better English than nothing."""
    assert reason(OSError(errno.EDOM, "x")) == os.strerror(errno.EDOM)
    assert reason(OSError("x")) == os.strerror(0)
