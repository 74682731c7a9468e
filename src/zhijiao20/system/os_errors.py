"""Describe errors of the operating system in Chinese."""

from __future__ import annotations

import errno
import os


def reason(error: OSError) -> str:
    """Return the cause of an error of the operating system, in Chinese if it is a common one."""
    by_type: dict[type[OSError], str] = {
        PermissionError: "没有权限，或正被别的程序占用",
        FileNotFoundError: "文件不存在",
        IsADirectoryError: "是一个文件夹",
    }
    by_errno = {
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "磁盘配额已满",
        errno.EFBIG: "文件超过了系统允许的大小",
        errno.EROFS: "磁盘是只读的",
        errno.ENAMETOOLONG: "文件名太长",
        errno.ELOOP: "链接绕成了圈",
    }
    type_text = next((text for kind, text in by_type.items() if isinstance(error, kind)), None)
    return type_text or by_errno.get(error.errno or 0) or os.strerror(error.errno or 0)
