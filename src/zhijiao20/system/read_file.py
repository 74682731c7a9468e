"""Read a file within the size limit."""

from __future__ import annotations

import math
import stat
from pathlib import Path

from zhijiao20.core.errors import UnreadableError
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.system.os_errors import reason


def read_bytes(path: Path, limits: Limits = DEFAULT) -> bytes:
    """Read the complete content of a regular file.

    Raises:
        UnreadableError: it is not a regular file, it is too large, or the system denies access.
    """
    limit = limits.file_mib * 2**20
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("这不是普通文件（是文件夹、管道或设备）", "请换成填报文件")
        data = b""
        if status.st_size <= limit:
            with path.open("rb") as stream:  # at most ``limit`` + 1 bytes, even if the file grows while it is read
                data = stream.read(status.st_size + 1)
                if len(data) > status.st_size:
                    data += stream.read(limit + 1 - len(data))
    except OSError as error:
        raise UnreadableError(
            f"文件打不开：{reason(error)}", "检查文件是否被移走、被别的程序占用，或没有读取权限"
        ) from error
    if (size := max(status.st_size, len(data))) > limit:
        raise UnreadableError(
            f"文件有 {math.ceil(size / 2**20 * 10) / 10:g} MiB，超过 {limits.file_mib} MiB 的上限",
            "填报文件不该这么大，请检查内容",
        )
    return data
